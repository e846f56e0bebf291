package tongguan.simulator.customs;

/**
 * What customs answers to a declaration: as the platform's JSON names it, and as the indicator in
 * GIS or GEI of CUSRES (UN/EDIFACT 7365 where that has one, else mutually defined).
 */
enum Step {
  ACCEPTED("accepted", "1"),
  REJECTED("rejected", "2"),
  CHANNEL("channel", ""),
  DOCUMENTS_REVIEWED("documents-reviewed", "DOC:ZZZ:ZZZ"),
  EXAMINATION_ASSIGNED("examination-assigned", "EXA:ZZZ:ZZZ"),
  EXAMINED("examined", "EXD:ZZZ:ZZZ"),
  VALUED("valued", "VAL:ZZZ:ZZZ"),
  DUTY_PAID("duty-paid", "PAY:ZZZ:ZZZ"),
  GUARANTEED("guaranteed", "GTY:ZZZ:ZZZ"),
  CORRECTION_ASKED("correction-asked", "16"),
  CORRECTED("corrected", "15"),
  HOLD("hold", "7"),
  HOLD_LIFTED("hold-lifted", "LFT:ZZZ:ZZZ"),
  RELEASE_CANCELLED("release-cancelled", "RCL:ZZZ:ZZZ"),
  SEIZED("seized", "SZD:ZZZ:ZZZ"),
  RETURNED("returned", "RTN:ZZZ:ZZZ");

  final String json;
  private final String indicator;

  Step(String json, String indicator) {
    this.json = json;
    this.indicator = indicator;
  }

  String indicator(String channel) {
    return this == CHANNEL ? channel + ":ZZZ:ZZZ" : indicator;
  }
}
