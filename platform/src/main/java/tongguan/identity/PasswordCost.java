package tongguan.identity;

/**
 * What a password's hash costs whoever computes it, and with that whoever guesses.
 *
 * @param passes over that memory
 */
public record PasswordCost(int memoryKib, int passes) {
  /** OWASP's for Argon2id; some 30 ms of a processor. */
  public static final PasswordCost STANDARD = new PasswordCost(19 * 1024, 2);
}
