package tongguan.exchange.message;

import java.util.Locale;

/** How messages are written down. */
public enum Notation {
  JSON,
  EDIFACT;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The word of the database. */
  public String code() {
    return code;
  }

  public static Notation of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
