package tongguan.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name that an officer types to get in, in canonical form: small ASCII letters, digits, dot,
 * dash and underscore, so that no two names look alike. Full-width letters, as a Chinese keyboard
 * makes them, are folded; a letter of another script is never taken for a Latin one.
 */
public record LoginName(String text) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{2,63}");
  private static final int LONGEST_TYPED = 200;

  public LoginName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a log-in name");
    }
  }

  public static Optional<LoginName> parse(String typed) {
    if (typed.length() > LONGEST_TYPED) {
      return Optional.empty();
    }
    String folded =
        Normalizer.normalize(typed.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return FORM.matcher(folded).matches() ? Optional.of(new LoginName(folded)) : Optional.empty();
  }
}
