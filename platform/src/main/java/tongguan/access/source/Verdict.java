package tongguan.access.source;

/** What the source check comes to. */
public sealed interface Verdict {
  /** From there this may be asked. */
  record Good() implements Verdict {}

  record Refused(Reason reason) implements Verdict {}
}
