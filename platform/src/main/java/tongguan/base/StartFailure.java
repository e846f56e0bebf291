package tongguan.base;

/**
 * The process cannot start, and the operator can do something about it. The message is one sentence
 * that says what is wrong and what to do; it is printed without a stack trace, and the process ends
 * with the exit code.
 */
public final class StartFailure extends RuntimeException {
  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The machine or the installation is not as it should be. */
  public static final int ENVIRONMENT = 1;

  private static final long serialVersionUID = 1;

  private final int exitCode;

  private StartFailure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public static StartFailure usage(String sentence) {
    return new StartFailure(USAGE, sentence);
  }

  public static StartFailure environment(String sentence) {
    return new StartFailure(ENVIRONMENT, sentence);
  }

  public int exitCode() {
    return exitCode;
  }
}
