package tongguan.clearance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tongguan.access.Permissions;
import tongguan.base.Problem.Texts;

/** What customs can do with a declaration. */
public enum Act {
  ACCEPT(Permissions.CLEARANCE_ACT, "報關受理", "Accept the declaration"),
  REJECT(Permissions.CLEARANCE_ACT, "不受理", "Reject the declaration"),
  GIVE_CHANNEL(Permissions.CLEARANCE_ACT, "核定通關方式", "Give a channel"),
  RAISE_CHANNEL(Permissions.CLEARANCE_ACT, "提高查核等級", "Raise the channel"),
  LOWER_CHANNEL(Permissions.CLEARANCE_APPROVE, "降低查核等級", "Lower the channel"),
  ASK_DOCUMENTS(Permissions.CLEARANCE_ACT, "通知補件", "Ask for documents"),
  REVIEW_DOCUMENTS(Permissions.CLEARANCE_ACT, "書面審核完成", "Documents reviewed"),
  ASSIGN_EXAMINATION(Permissions.CLEARANCE_ACT, "派驗", "Assign an examination"),
  RECORD_EXAMINATION(Permissions.CLEARANCE_ACT, "登錄查驗結果", "Record the examination"),
  EXAMINE_BY_HAND(Permissions.CLEARANCE_ACT, "儀檢改人工查驗", "Open the goods after the X-ray"),
  EXAMINE_AGAIN(Permissions.CLEARANCE_APPROVE, "複驗", "Examine again"),
  VALUE(Permissions.CLEARANCE_ACT, "分類估價", "Classify and value"),
  ASSESS_DUTY(Permissions.CLEARANCE_ACT, "核發稅單", "Assess the duty"),
  ASK_CORRECTION(Permissions.CLEARANCE_ACT, "通知更正", "Ask for a correction"),
  HOLD(Permissions.CLEARANCE_ACT, "管制", "Hold"),
  LIFT_HOLD(Permissions.CLEARANCE_APPROVE, "解除管制", "Lift the hold"),
  SEIZE(Permissions.CLEARANCE_APPROVE, "扣押", "Seize"),
  SEND_BACK(Permissions.CLEARANCE_APPROVE, "退運", "Have the goods sent back"),
  RELEASE(Permissions.CLEARANCE_ACT, "放行", "Release"),
  CANCEL_RELEASE(Permissions.CLEARANCE_APPROVE, "撤銷放行", "Cancel the release"),
  FLAG(Permissions.INSPECTION_ACT, "注檢", "Flag for inspection"),
  LIFT_FLAG(Permissions.INSPECTION_APPROVE, "解除注檢", "Lift the flag");

  private final String need;
  private final Texts name;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Act(String need, String zh, String en) {
    this.need = need;
    this.name = new Texts(zh, en);
  }

  /** The permission of whoever does it. */
  public String need() {
    return need;
  }

  /** Whether it is done on one declaration by itself; flags are put on whatever was scanned. */
  boolean isOnOneDeclaration() {
    return this != FLAG && this != LIFT_FLAG;
  }

  public Texts words() {
    return name;
  }

  public String code() {
    return code;
  }

  public static Optional<Act> of(String code) {
    return Arrays.stream(values()).filter(act -> act.code.equals(code)).findFirst();
  }
}
