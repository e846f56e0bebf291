package tongguan.bonded;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tongguan.base.Problem.Texts;

/** What is looked at on the spot besides the stock. */
public enum Question {
  BOOKS_CURRENT("帳冊登載至前一工作日", "The books are kept up to the day before"),
  DOCUMENTS_KEPT("進出倉憑證齊全", "Papers of entry and removal are complete"),
  STORED_APART("保稅與非保稅貨物分別存放", "Bonded goods are stored apart from others"),
  LABELS_FIT("貨架標示與帳冊相符", "Labels on the racks agree with the books"),
  LOCKS_WHOLE("門鎖與封條完好", "Locks and seals are whole"),
  CAMERAS_RECORD("監視錄影正常並保存", "Cameras record, and recordings are kept"),
  WASTE_HANDLED("廢品下腳依規定處理", "Waste and scrap are dealt with as ruled");

  private final Texts words;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Question(String zh, String en) {
    this.words = new Texts(zh, en);
  }

  public String code() {
    return code;
  }

  public Texts words() {
    return words;
  }

  static Optional<Question> of(String code) {
    return Arrays.stream(values()).filter(question -> question.code.equals(code)).findFirst();
  }

  /** How a question may be answered. */
  public enum Answer {
    YES("是", "Yes"),
    NO("否", "No"),
    NOT_APPLICABLE("不適用", "Not applicable");

    private final Texts words;

    Answer(String zh, String en) {
      this.words = new Texts(zh, en);
    }

    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Texts words() {
      return words;
    }

    static Optional<Answer> of(String code) {
      return Arrays.stream(values()).filter(answer -> answer.code().equals(code)).findFirst();
    }
  }
}
