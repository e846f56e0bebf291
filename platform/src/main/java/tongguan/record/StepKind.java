package tongguan.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can happen to a declaration between lodging and the goods leaving. */
public enum StepKind {
  LODGED,
  ACCEPTED,
  REJECTED,
  CHANNEL,
  DOCUMENTS_ASKED,
  DOCUMENTS_REVIEWED,
  EXAMINATION_ASSIGNED,
  EXAMINED,
  VALUED,
  DUTY_ASSESSED,
  DUTY_PAID,
  GUARANTEED,
  CORRECTION_ASKED,
  CORRECTED,
  HOLD,
  HOLD_LIFTED,
  RELEASED,
  RELEASE_CANCELLED,
  WITHDRAWN,
  SEIZED,
  RETURNED,
  LAPSED,
  APPEALED,
  APPEAL_DISMISSED,
  APPEAL_GRANTED;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word of the API and the database. */
  public String code() {
    return code;
  }

  public static Optional<StepKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }
}
