package tongguan.identity.passkey;

import java.util.function.Supplier;

/** What a browser sent is not a credential, or does not hold. */
final class NotOne extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  private NotOne(RuntimeException cause) {
    super(cause);
    this.why = cause.getClass().getSimpleName();
  }

  /** For the audit. */
  String why() {
    return why;
  }

  /**
   * Runs the library alone. At what is broken in ways that it did not expect it throws whatever
   * comes to it, a NullPointerException included; all of it means the same here.
   */
  static <T> T in(Supplier<T> library) {
    try {
      return library.get();
    } catch (RuntimeException refused) {
      throw new NotOne(refused);
    }
  }
}
