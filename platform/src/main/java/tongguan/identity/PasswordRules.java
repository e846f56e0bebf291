package tongguan.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tongguan.base.Limits;
import tongguan.base.Problem;

/**
 * What a new password must be: twelve characters or more of any kind, not one that many people
 * chose, also not when a common word is only repeated or dressed with digits and signs, and without
 * the officer's own names. No rules about classes of characters and no ageing (NIST SP 800-63B
 * §5.1.1.2).
 */
final class PasswordRules {
  private static final String FILE = "/tongguan/identity/common-passwords.txt";

  private final Set<String> common = new HashSet<>();

  PasswordRules() {
    try (InputStream in = PasswordRules.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + FILE);
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(common::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why it is refused; empty where it is good. {@code names} are words of the account. */
  Optional<Problem> refuse(String password, List<String> names) {
    int characters = password.codePointCount(0, password.length());
    if (characters < Limits.PASSWORD_CHARACTERS_LEAST) {
      return Optional.of(
          weak("密碼至少 12 個字元。", "A password has at least 12 characters.", "too-short"));
    }
    if (characters > Limits.PASSWORD_CHARACTERS_MOST) {
      return Optional.of(
          weak("密碼最多 256 個字元。", "A password has at most 256 characters.", "too-long"));
    }
    String plain = password.toLowerCase(Locale.ROOT);
    if (isCommon(plain) || isCommon(stem(plain)) || isRepeated(plain)) {
      return Optional.of(
          weak(
              "此密碼太常見，容易被猜到。", "Many people chose this password; it is easily guessed.", "common"));
    }
    boolean own =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .anyMatch(name -> name.length() >= 4 && plain.contains(name));
    return own
        ? Optional.of(
            weak("密碼不可包含帳號或姓名。", "A password does not hold the account's name.", "own-name"))
        : Optional.empty();
  }

  private boolean isCommon(String text) {
    return common.contains(text);
  }

  /** Without digits and signs before and after: {@code **password2026!} is still the word. */
  private static String stem(String text) {
    return text.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
  }

  /** One word or few characters over and over. */
  private boolean isRepeated(String text) {
    if (text.chars().distinct().count() <= 3) {
      return true;
    }
    for (int length = 1; length <= text.length() / 2; length++) {
      String piece = text.substring(0, length);
      String repeated = piece.repeat(text.length() / length + 1).substring(0, text.length());
      if (repeated.equals(text) && (length <= 4 || isCommon(piece))) {
        return true;
      }
    }
    return false;
  }

  private static Problem weak(String zh, String en, String why) {
    return Problem.of(422, "password-refused", zh, en).with("why", why);
  }
}
