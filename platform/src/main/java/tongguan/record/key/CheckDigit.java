package tongguan.record.key;

import java.util.Locale;

/**
 * What a number's own check digit says of it. Real traffic has wrong ones: they are told, never
 * lost.
 */
public enum CheckDigit {
  OK,
  WRONG,
  /** The number has no check digit, as with shipper-owned boxes. */
  NONE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
