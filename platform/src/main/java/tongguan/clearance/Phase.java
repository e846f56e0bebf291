package tongguan.clearance;

import java.util.Arrays;
import java.util.Locale;

/** Where a declaration stands, as the record has settled it from all that was told. */
public enum Phase {
  LODGED,
  ACCEPTED,
  DOCUMENTS,
  EXAMINATION,
  VALUATION,
  DUTY,
  READY,
  RELEASED,
  OUT,
  REJECTED,
  WITHDRAWN,
  SEIZED,
  RETURNED,
  LAPSED;

  /** The word of the API and the database. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Phase of(String code) {
    return Arrays.stream(values())
        .filter(phase -> phase.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(code));
  }

  /** Nothing can happen to it any more. */
  boolean isOver() {
    return compareTo(OUT) >= 0;
  }

  /** Accepted, and customs has not let the goods go yet. */
  boolean isInClearance() {
    return compareTo(ACCEPTED) >= 0 && compareTo(READY) <= 0;
  }
}
