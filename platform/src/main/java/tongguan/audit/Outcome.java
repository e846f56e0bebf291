package tongguan.audit;

/** What became of an act. */
public enum Outcome {
  DONE("done"),
  REFUSED("refused");

  private final String code;

  Outcome(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
