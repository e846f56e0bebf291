package tongguan.clearance;

import java.util.Locale;
import tongguan.base.Problem.Texts;

/** Why an act cannot be done now. */
public enum Bar {
  OVER("此報單已結案", "The declaration is closed"),
  NOT_ACCEPTED("尚未受理", "It has not been accepted yet"),
  ACCEPTED_ALREADY("已受理", "It has been accepted already"),
  NO_CHANNEL("尚未核定通關方式", "It has no channel yet"),
  CHANNEL_GIVEN("已核定通關方式", "It has a channel already"),
  HIGHEST_CHANNEL("已為最高查核等級", "It is in the strictest channel already"),
  LOWEST_CHANNEL("已為最低查核等級", "It is in the lightest channel already"),
  NO_DOCUMENTS_WAITED_FOR("目前不須審核文件", "No documents wait for review"),
  DOCUMENTS_OPEN("文件尚未審核", "Its documents have not been reviewed"),
  NO_EXAMINATION_WAITED_FOR("目前不須查驗", "No examination is due"),
  EXAMINATION_ASSIGNED("已派驗", "An examination is assigned already"),
  EXAMINATION_NOT_ASSIGNED("尚未派驗", "No examination is assigned"),
  EXAMINATION_OPEN("查驗尚未完成", "Its examination is not finished"),
  NOT_EXAMINED("尚無查驗結果", "Nothing has been examined yet"),
  NOT_BY_X_RAY("並非儀器查驗", "It is not examined by X-ray"),
  NOT_VALUED("尚未分類估價", "It has not been classified and valued"),
  VALUED_ALREADY("已分類估價", "It has been classified and valued already"),
  NO_DUTY("此類報單不徵稅", "No duty is taken on declarations of this kind"),
  DUTY_ASSESSED("稅單已核發", "Its duty has been assessed already"),
  DUTY_OPEN("稅費尚未繳納或擔保", "Its duty is neither paid nor guaranteed"),
  FLAGGED("已注檢，檢查結果尚未登錄", "It is flagged, and its inspection has not been recorded"),
  FLAGGED_ALREADY("已注檢", "It is flagged already"),
  NOT_FLAGGED("並無注檢", "There is no flag on it"),
  HELD("尚有管制未解除", "A hold is open"),
  NOT_HELD("並無管制", "There is no open hold"),
  CORRECTION_OPEN("更正尚未完成", "A correction that was asked for has not come"),
  RELEASED_ALREADY("已放行", "It has been released already"),
  NOT_RELEASED("尚未放行", "It has not been released"),
  NOTHING_TO_APPEAL("尚無可申請復查之處分", "There is no decision yet to appeal against"),
  APPEAL_OPEN("復查審理中", "An appeal is open already"),
  NO_APPEAL("並無復查申請", "There is no open appeal"),
  PENDING("另有處理尚待通關系統回覆", "Another act waits for the core system's answer"),
  HOLD_COMING("另有管制或扣押正送往通關系統", "A hold or a seizure is on its way to the core system"),
  TOLD_LATER(
      "前一處理已完成，通關系統之通知尚未到達",
      "An act is done, and the core system's message of it has not come yet");

  private final Texts words;

  Bar(String zh, String en) {
    this.words = new Texts(zh, en);
  }

  public Texts words() {
    return words;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
