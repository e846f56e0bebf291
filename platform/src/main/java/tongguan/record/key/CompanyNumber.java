package tongguan.record.key;

import java.util.Optional;

/**
 * A company's number (統一編號): 8 digits weighed 1 2 1 2 1 2 4 1, the digits of the products summed,
 * the sum divisible by 5 (by 10 until 2023); where the seventh digit is 7 the sum or the sum plus
 * one may fit.
 */
public record CompanyNumber(String value) {
  private static final int[] WEIGHTS = {1, 2, 1, 2, 1, 2, 4, 1};

  public CompanyNumber {
    if (value.length() != 8 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("not a company number");
    }
  }

  public static Optional<CompanyNumber> parse(String typed) {
    String compact = Typed.compact(typed);
    return compact.length() == 8 && compact.chars().allMatch(c -> c >= '0' && c <= '9')
        ? Optional.of(new CompanyNumber(compact))
        : Optional.empty();
  }

  public CheckDigit checkDigit() {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      int product = (value.charAt(i) - '0') * WEIGHTS[i];
      sum += product / 10 + product % 10;
    }
    boolean fits = sum % 5 == 0 || (value.charAt(6) == '7' && (sum + 1) % 5 == 0);
    return fits ? CheckDigit.OK : CheckDigit.WRONG;
  }

  @Override
  public String toString() {
    return value;
  }
}
