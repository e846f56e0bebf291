package tongguan.inspection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tongguan.base.Problem.Texts;

/** Why goods are flagged. */
enum FlagReason {
  INTELLIGENCE("情資", "Intelligence"),
  RISK("風險指標", "Risk indicators"),
  WEIGHT("重量不符", "Weight not as declared"),
  ORIGIN("產地可疑", "Doubtful origin"),
  VALUE("價格可疑", "Doubtful value"),
  DRUGS("毒品嫌疑", "Suspected drugs"),
  WEAPONS("槍械嫌疑", "Suspected weapons"),
  INTELLECTUAL_PROPERTY("智慧財產權", "Intellectual property"),
  CITES("野生動植物", "Protected species (CITES)"),
  IMAGE("影像異常", "X-ray image"),
  RANDOM("隨機抽驗", "Random check");

  private final Texts words;

  FlagReason(String zh, String en) {
    this.words = new Texts(zh, en);
  }

  Texts words() {
    return words;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FlagReason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code().equals(code)).findFirst();
  }
}
