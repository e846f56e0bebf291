package tongguan.identity;

/** What came of looking at a proof. */
enum Verdict {
  RIGHT,
  WRONG,
  /** Who could tell was not reached; the proof was looked at by no one. */
  NOT_ASKED,
  /** It was handed over and no answer came, so that the try is spent. */
  NOT_ANSWERED
}
