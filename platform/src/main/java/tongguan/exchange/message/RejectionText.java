package tongguan.exchange.message;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Rejections as sentences, in both languages of the platform, from message files. */
public final class RejectionText {
  private static final Properties CHINESE = load("zh-TW");
  private static final Properties ENGLISH = load("en");

  private RejectionText() {}

  public static String of(Rejection rejection, boolean chinese) {
    Properties texts = chinese ? CHINESE : ENGLISH;
    String pattern = texts.getProperty(rejection.code(), texts.getProperty("otherwise"));
    String expected = rejection.expected() == null ? "" : rejection.expected();
    String value = rejection.value() == null ? "" : rejection.value();
    StringBuilder text = new StringBuilder(pattern.length() + 40);
    for (int i = 0; i < pattern.length(); i++) {
      int end = pattern.charAt(i) == '{' ? pattern.indexOf('}', i) : -1;
      if (end < 0) {
        text.append(pattern.charAt(i));
        continue;
      }
      switch (pattern.substring(i + 1, end)) {
        case "where" -> text.append(rejection.where());
        case "value" -> text.append(value);
        case "expected" -> text.append(expected);
        default -> text.append(pattern, i, end + 1);
      }
      i = end;
    }
    return text.toString();
  }

  private static Properties load(String language) {
    String file = "/tongguan/text/rejection." + language + ".properties";
    try (Reader in =
        new InputStreamReader(
            RejectionText.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
      Properties texts = new Properties();
      texts.load(in);
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
