package tongguan.exchange.edifact;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tongguan.record.Channel;
import tongguan.record.StepKind;

/**
 * The step that a processing indicator of CUSRES means. UN/EDIFACT's list 7365 knows few; those of
 * our own are marked by ZZZ (mutually defined) as code list or agency.
 */
record ClearanceStatus(StepKind step, @Nullable Channel channel) {
  private static final Map<String, ClearanceStatus> STANDARD =
      Map.ofEntries(
          Map.entry("1", of(StepKind.ACCEPTED)),
          Map.entry("9", of(StepKind.ACCEPTED)),
          Map.entry("32", of(StepKind.ACCEPTED)),
          Map.entry("66", of(StepKind.ACCEPTED)),
          Map.entry("2", of(StepKind.REJECTED)),
          Map.entry("3", of(StepKind.REJECTED)),
          Map.entry("33", of(StepKind.REJECTED)),
          Map.entry("4", of(StepKind.RELEASED)),
          Map.entry("5", of(Channel.C3)),
          Map.entry("6", of(Channel.C2)),
          Map.entry("7", of(StepKind.HOLD)),
          Map.entry("15", of(StepKind.CORRECTED)),
          Map.entry("16", of(StepKind.CORRECTION_ASKED)));

  private static final Map<String, ClearanceStatus> OURS =
      Map.ofEntries(
          Map.entry("C1", of(Channel.C1)),
          Map.entry("C2", of(Channel.C2)),
          Map.entry("C3", of(Channel.C3)),
          Map.entry("C3M", of(Channel.C3M)),
          Map.entry("C3X", of(Channel.C3X)),
          Map.entry("HLD", of(StepKind.HOLD)),
          Map.entry("LFT", of(StepKind.HOLD_LIFTED)),
          Map.entry("RCL", of(StepKind.RELEASE_CANCELLED)),
          Map.entry("DOC", of(StepKind.DOCUMENTS_REVIEWED)),
          Map.entry("EXA", of(StepKind.EXAMINATION_ASSIGNED)),
          Map.entry("EXD", of(StepKind.EXAMINED)),
          Map.entry("VAL", of(StepKind.VALUED)),
          Map.entry("PAY", of(StepKind.DUTY_PAID)),
          Map.entry("GTY", of(StepKind.GUARANTEED)),
          Map.entry("ASK", of(StepKind.CORRECTION_ASKED)),
          Map.entry("COR", of(StepKind.CORRECTED)),
          Map.entry("WDR", of(StepKind.WITHDRAWN)),
          Map.entry("SZD", of(StepKind.SEIZED)),
          Map.entry("RTN", of(StepKind.RETURNED)),
          Map.entry("LAP", of(StepKind.LAPSED)),
          Map.entry("APL", of(StepKind.APPEALED)),
          Map.entry("APD", of(StepKind.APPEAL_DISMISSED)),
          Map.entry("APG", of(StepKind.APPEAL_GRANTED)));

  private static ClearanceStatus of(StepKind step) {
    return new ClearanceStatus(step, null);
  }

  private static ClearanceStatus of(Channel channel) {
    return new ClearanceStatus(StepKind.CHANNEL, channel);
  }

  /** Where the indicator stands: GIS has it first, GEI behind its qualifier. */
  static int element(Segment segment) {
    return segment.is("GEI") ? 2 : 1;
  }

  private static boolean isOurs(Segment segment) {
    int element = element(segment);
    return segment.value(element, 2).equals("ZZZ") || segment.value(element, 3).equals("ZZZ");
  }

  /** Empty for an indicator that means no step. */
  static Optional<ClearanceStatus> of(Segment segment) {
    String code = segment.value(element(segment), 1);
    return Optional.ofNullable((isOurs(segment) ? OURS : STANDARD).get(code));
  }

  /** The indicators that would have been understood. */
  static String known(Segment segment) {
    return String.join(", ", new TreeSet<>((isOurs(segment) ? OURS : STANDARD).keySet()));
  }

  /** What cancelling this status means; empty when it cannot be taken back. */
  Optional<ClearanceStatus> voided() {
    return switch (step) {
      case RELEASED -> Optional.of(of(StepKind.RELEASE_CANCELLED));
      case HOLD -> Optional.of(of(StepKind.HOLD_LIFTED));
      default -> Optional.empty();
    };
  }
}
