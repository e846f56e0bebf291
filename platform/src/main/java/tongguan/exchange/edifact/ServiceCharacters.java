package tongguan.exchange.edifact;

import java.util.Optional;

/**
 * The characters that divide an interchange (ISO 9735-1, clause 7): as a UNA segment gives them, or
 * the defaults. A zero means that the interchange does without that one.
 */
public record ServiceCharacters(
    byte component, byte element, byte decimal, byte release, byte repetition, byte terminator) {
  static final ServiceCharacters DEFAULT = new ServiceCharacters(":+.?*'");

  /** Character set level B of syntax versions 1 to 3 may divide by the information separators. */
  static final ServiceCharacters LEVEL_B =
      new ServiceCharacters((byte) 0x1F, (byte) 0x1D, (byte) '.', (byte) 0, (byte) 0, (byte) 0x1C);

  /** How many of them UNA gives. */
  static final int COUNT = 6;

  private ServiceCharacters(String six) {
    this(
        (byte) six.charAt(0),
        (byte) six.charAt(1),
        (byte) six.charAt(2),
        (byte) six.charAt(3),
        (byte) six.charAt(4),
        (byte) six.charAt(5));
  }

  /** From the six characters behind the tag of UNA; empty when they cannot divide anything. */
  static Optional<ServiceCharacters> at(byte[] bytes, int at, int to) {
    byte[] six = new byte[COUNT];
    int next = at;
    for (int i = 0; i < COUNT; i++) {
      next = Unwrapped.skip(bytes, next, to);
      if (next >= to) {
        return Optional.empty();
      }
      six[i] = bytes[next++];
    }
    ServiceCharacters given =
        new ServiceCharacters(
            six[0], six[1], six[2], unlessBlank(six[3]), unlessBlank(six[4]), six[5]);
    return given.canDivide() ? Optional.of(given) : Optional.empty();
  }

  private static byte unlessBlank(byte b) {
    return b == ' ' ? 0 : b;
  }

  private boolean canDivide() {
    byte[] dividing = {component, element, terminator, release};
    for (int i = 0; i < dividing.length; i++) {
      if (isText(dividing[i])) {
        return false;
      }
      for (int j = 0; j < i; j++) {
        if (dividing[i] == dividing[j]) {
          return false;
        }
      }
    }
    return component != 0 && element != 0 && terminator != 0;
  }

  /** Letters, digits, blanks, line ends and bytes that belong to longer characters. */
  private static boolean isText(byte b) {
    return b < 0
        || (b >= '0' && b <= '9')
        || (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || b == ' '
        || b == '\r'
        || b == '\n';
  }

  boolean isService(byte b) {
    return b == component || b == element || b == terminator || (b == release && release != 0);
  }

  /** Whether they divide as the defaults do. */
  boolean isDefault() {
    return component == DEFAULT.component
        && element == DEFAULT.element
        && release == DEFAULT.release
        && terminator == DEFAULT.terminator;
  }
}
