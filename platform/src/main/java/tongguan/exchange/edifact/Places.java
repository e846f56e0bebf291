package tongguan.exchange.edifact;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Places of LOC segments. */
final class Places {
  private static final Pattern LOCODE = Pattern.compile("[A-Z]{2}[A-Z2-9]{3}");
  private static final int LONGEST = 25;

  private Places() {}

  /** The place's code, 3225. */
  static @Nullable String code(Segment loc) {
    return Texts.code(loc.value(2, 1), LONGEST);
  }

  /** A terminal: the whole code, or the port's UN/LOCODE and the terminal's own within it. */
  static @Nullable String terminal(Segment loc) {
    String place = code(loc);
    String within = Texts.code(loc.value(3, 1), LONGEST);
    if (place == null) {
      return within;
    }
    boolean port = LOCODE.matcher(place).matches();
    return port && within != null ? place + '-' + within : place;
  }

  static boolean isLoading(Segment loc) {
    return loc.isQualified("9", "6");
  }

  static boolean isDischarge(Segment loc) {
    return loc.isQualified("11", "12");
  }
}
