package tongguan.inspection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tongguan.base.Problem.Texts;

/** How flagged goods are to be looked at. */
enum FlagKind {
  DOCUMENT("審核文件", "Documents"),
  OPEN("開驗", "Open the goods"),
  X_RAY("儀檢", "X-ray"),
  CANINE("緝毒犬", "Canine team");

  private final Texts words;

  FlagKind(String zh, String en) {
    this.words = new Texts(zh, en);
  }

  Texts words() {
    return words;
  }

  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<FlagKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
