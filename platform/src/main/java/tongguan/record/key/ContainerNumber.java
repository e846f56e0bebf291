package tongguan.record.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number of a container (ISO 6346:2022, clause 4 and annex A): owner 3 letters, category U, J
 * or Z, serial 6 digits, check digit. A number with a wrong check digit and a shipper's own mark of
 * 4 to 17 letters and digits are kept, and {@link #checkDigit} tells which they are.
 */
public record ContainerNumber(String value) {
  private static final Pattern ISO = Pattern.compile("[A-Z]{3}[UJZ][0-9]{7}");
  private static final Pattern WITHOUT_CHECK_DIGIT = Pattern.compile("[A-Z]{3}[UJZ][0-9]{6}");
  private static final Pattern ANY = Pattern.compile("[A-Z0-9]{4,17}");
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  public ContainerNumber {
    if (!ANY.matcher(value).matches()) {
      throw new IllegalArgumentException("not a container number in canonical form");
    }
  }

  /**
   * Any box: a number as the messages of carriers and terminals carry it. Empty when there is
   * nothing to know it by.
   */
  public static Optional<ContainerNumber> parse(String typed) {
    if (!Typed.isNumberLike(typed)) {
      return Optional.empty();
    }
    String compact = Typed.compact(typed);
    return ANY.matcher(compact).matches()
        ? Optional.of(new ContainerNumber(compact))
        : Optional.empty();
  }

  /** A number of ISO 6346 form only; one typed without its check digit is completed. */
  public static Optional<ContainerNumber> parseIso(String typed) {
    String compact = Typed.compact(typed);
    if (ISO.matcher(compact).matches()) {
      return Optional.of(new ContainerNumber(compact));
    }
    return WITHOUT_CHECK_DIGIT.matcher(compact).matches()
        ? Optional.of(new ContainerNumber(compact + digitFor(compact)))
        : Optional.empty();
  }

  public CheckDigit checkDigit() {
    if (!ISO.matcher(value).matches()) {
      return CheckDigit.NONE;
    }
    return value.charAt(10) == digitFor(value) ? CheckDigit.OK : CheckDigit.WRONG;
  }

  /**
   * The valid numbers that one slip away from this one: one character read wrongly, or two
   * neighbours exchanged. At most some 160, to be looked for in the record when this number is not
   * there.
   */
  public List<String> neighbours() {
    List<String> near = new ArrayList<>();
    if (!ISO.matcher(value).matches()) {
      return near;
    }
    for (int i = 0; i < value.length(); i++) {
      String choices = i < 3 ? LETTERS : i == 3 ? "UJZ" : "0123456789";
      for (char choice : choices.toCharArray()) {
        addIfValid(near, value.substring(0, i) + choice + value.substring(i + 1));
      }
      if (i > 0) {
        addIfValid(near, swapped(i - 1, i));
      }
    }
    return near;
  }

  private String swapped(int i, int j) {
    char[] chars = value.toCharArray();
    chars[i] = value.charAt(j);
    chars[j] = value.charAt(i);
    return new String(chars);
  }

  private void addIfValid(List<String> near, String number) {
    if (!number.equals(value)
        && !near.contains(number)
        && ISO.matcher(number).matches()
        && number.charAt(10) == digitFor(number)) {
      near.add(number);
    }
  }

  /**
   * Annex A: letters count 10 to 38 without the multiples of 11, place i weighs 2 to the i, sum
   * modulo 11, 10 as 0.
   */
  private static char digitFor(String number) {
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += valueOf(number.charAt(i)) << i;
    }
    return (char) ('0' + sum % 11 % 10);
  }

  private static int valueOf(char c) {
    if (c <= '9') {
      return c - '0';
    }
    int ordinal = c - 'A' + 10;
    return ordinal + (ordinal - 1) / 10;
  }

  @Override
  public String toString() {
    return value;
  }
}
