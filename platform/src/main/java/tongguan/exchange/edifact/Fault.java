package tongguan.exchange.edifact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be wrong with EDIFACT, and how a CONTRL message says it (UN/EDIFACT service code list
 * 0085). Texts for people hang on {@link #code} in the files {@code rejections_*.properties}.
 */
enum Fault {
  // the transmission and its interchanges
  OUTSIDE_INTERCHANGE(33),
  UNA_INVALID(22),
  UNB_INVALID(12),
  SYNTAX_UNSUPPORTED(2),
  UNZ_MISSING(13),
  INTERCHANGE_EMPTY(32),
  INTERCHANGE_COUNT(29),
  INTERCHANGE_REFERENCE(28),
  GROUP_NESTED(15),
  GROUP_COUNT(29),
  GROUP_REFERENCE(28),
  UNE_MISSING(13),
  UNE_WITHOUT_UNG(33),
  SEGMENT_OUTSIDE_MESSAGE(33),
  TOO_MANY_MESSAGES(16),
  // a message as segments
  UNT_MISSING(13),
  SEGMENT_UNTERMINATED(13),
  SEGMENT_COUNT(29),
  MESSAGE_REFERENCE(28),
  UNH_INVALID(12),
  MESSAGE_TOO_LONG(39),
  TOO_MANY_SEGMENTS(35),
  SEGMENT_TOO_LONG(39),
  TOO_MANY_ELEMENTS(16),
  COMPONENT_TOO_LONG(39),
  SEGMENT_TAG(12),
  SEGMENT_UNKNOWN(15),
  CHARACTER_INVALID(21),
  RELEASE_AT_END(22),
  CHARSET_UNDECODABLE(46),
  TOO_MANY_STEPS(35),
  TOOK_TOO_LONG(35),
  NOT_TOKENISED(18),
  // a message as facts
  KIND_UNKNOWN(17),
  DIRECTORY_UNSUPPORTED(17),
  SEGMENT_MISSING(13),
  ELEMENT_MISSING(13),
  CODE_UNKNOWN(14),
  FUNCTION_UNSUPPORTED(14),
  DATE_INVALID(12),
  NUMBER_INVALID(37),
  UNIT_UNKNOWN(14),
  KEY_INVALID(12),
  // warnings: the message is applied without this
  VOYAGE_LEFT_OUT(12),
  BILL_LEFT_OUT(12),
  SEGMENT_IGNORED(14);

  private final int syntaxError;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Fault(int syntaxError) {
    this.syntaxError = syntaxError;
  }

  String code() {
    return code;
  }

  /** The number that CONTRL reports it by. */
  int syntaxError() {
    return syntaxError;
  }

  static Optional<Fault> of(String code) {
    return Arrays.stream(values()).filter(fault -> fault.code.equals(code)).findFirst();
  }
}
