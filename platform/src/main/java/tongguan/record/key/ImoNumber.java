package tongguan.record.key;

import java.util.Optional;

/**
 * A ship's IMO number (IMO Resolution A.1117(30)): 7 digits, the first six weighed 7 to 2, the
 * sum's last digit last.
 */
public record ImoNumber(String value) {

  public ImoNumber {
    if (!isValid(value)) {
      throw new IllegalArgumentException("not an IMO number");
    }
  }

  /** With or without the letters IMO before it. */
  public static Optional<ImoNumber> parse(String typed) {
    String compact = Typed.compact(typed);
    String digits = compact.startsWith("IMO") ? compact.substring(3) : compact;
    return isValid(digits) ? Optional.of(new ImoNumber(digits)) : Optional.empty();
  }

  private static boolean isValid(String digits) {
    if (digits.length() != 7 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += (digits.charAt(i) - '0') * (7 - i);
    }
    return sum % 10 == digits.charAt(6) - '0';
  }

  @Override
  public String toString() {
    return value;
  }
}
