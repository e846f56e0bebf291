package tongguan.record.key;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declaration's number, 14 characters: receiving office 2, transit or export office 2 (blank when
 * there is none), ROC year 2, vessel registration or box number 4, serial 4. Blanks are kept:
 * {@code "AA 9912345678"}.
 */
public record DeclarationNumber(String value) {
  private static final Pattern CANONICAL =
      Pattern.compile("[A-Z]{2}(?:[A-Z]{2}|  )[0-9]{2}[A-Z0-9]{8}");
  private static final Pattern SLASHED =
      Pattern.compile(
          "([A-Z]{2}) ?/ ?([A-Z]{2}|) ?/ ?([0-9]{2}) ?/ ?([A-Z0-9]{4}) ?/ ?([A-Z0-9]{4})");
  private static final Pattern WITHOUT_BLANKS = Pattern.compile("([A-Z]{2})([0-9]{2}[A-Z0-9]{8})");

  public DeclarationNumber {
    if (!CANONICAL.matcher(value).matches()) {
      throw new IllegalArgumentException("not a declaration number in canonical form");
    }
  }

  /** With slashes or without, the blank second office written or left out. */
  public static Optional<DeclarationNumber> parse(String typed) {
    String plain = Typed.plain(typed).replaceAll(" +", " ");
    Matcher slashed = SLASHED.matcher(plain);
    if (slashed.matches()) {
      String second = slashed.group(2).isEmpty() ? "  " : slashed.group(2);
      return Optional.of(
          new DeclarationNumber(
              slashed.group(1) + second + slashed.group(3) + slashed.group(4) + slashed.group(5)));
    }
    if (plain.indexOf('/') >= 0) {
      return Optional.empty();
    }
    String compact = Typed.compact(plain);
    if (CANONICAL.matcher(compact).matches()) {
      return Optional.of(new DeclarationNumber(compact));
    }
    Matcher short12 = WITHOUT_BLANKS.matcher(compact);
    return short12.matches()
        ? Optional.of(new DeclarationNumber(short12.group(1) + "  " + short12.group(2)))
        : Optional.empty();
  }

  /** The office that received it, whose first letter is the district. */
  public String office() {
    return value.substring(0, 2);
  }

  @Override
  public String toString() {
    return value;
  }
}
