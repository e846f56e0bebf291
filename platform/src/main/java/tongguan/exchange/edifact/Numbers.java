package tongguan.exchange.edifact;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers of a message: decimal sign full stop or comma, never negative, bounded. */
final class Numbers {
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,11}(?:[.,][0-9]{0,6})?");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  private Numbers() {}

  static Optional<BigDecimal> decimal(String text) {
    return DECIMAL.matcher(text).matches()
        ? Optional.of(new BigDecimal(text.replace(',', '.') + (endsWithSign(text) ? "0" : "")))
        : Optional.empty();
  }

  private static boolean endsWithSign(String text) {
    return text.endsWith(".") || text.endsWith(",");
  }

  static Optional<Integer> count(String text) {
    return COUNT.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  /** To the gram, without idle zeros. */
  static BigDecimal grams(BigDecimal kilograms) {
    BigDecimal rounded = kilograms.setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
