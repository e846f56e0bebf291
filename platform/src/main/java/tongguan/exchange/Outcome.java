package tongguan.exchange;

import java.util.Locale;

/** What became of a message. */
public enum Outcome {
  /** Stored, not yet applied: the process died in between, or is at it. */
  RECEIVED,
  APPLIED,
  /** The same message of the same sender was stored before. */
  KNOWN,
  /** Cannot be applied; waits with a reason. */
  QUARANTINED;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The word of the API and the database. */
  public String code() {
    return code;
  }

  static Outcome of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
