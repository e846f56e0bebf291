package tongguan.record.key;

import java.util.Locale;

/** What a number can be the number of. */
public enum RecordKind {
  CONTAINER,
  DECLARATION,
  BILL,
  VOYAGE,
  PERMIT,
  SEAL,
  COMPANY,
  EXAMINATION,
  BONDED_CHECK;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word of the API. */
  public String code() {
    return code;
  }
}
