package tongguan.clearance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.access.Permissions;
import tongguan.base.Problem.Texts;
import tongguan.record.StepKind;

/** What customs can do with a declaration. */
public enum Act {
  ACCEPT(Permissions.CLEARANCE_ACT, StepKind.ACCEPTED, "報關受理", "Accept the declaration"),
  REJECT(Permissions.CLEARANCE_ACT, StepKind.REJECTED, "不受理", "Reject the declaration"),
  GIVE_CHANNEL(Permissions.CLEARANCE_ACT, StepKind.CHANNEL, "核定通關方式", "Give a channel"),
  RAISE_CHANNEL(Permissions.CLEARANCE_ACT, StepKind.CHANNEL, "提高查核等級", "Raise the channel"),
  LOWER_CHANNEL(Permissions.CLEARANCE_APPROVE, StepKind.CHANNEL, "降低查核等級", "Lower the channel"),
  ASK_DOCUMENTS(Permissions.CLEARANCE_ACT, StepKind.DOCUMENTS_ASKED, "通知補件", "Ask for documents"),
  REVIEW_DOCUMENTS(
      Permissions.CLEARANCE_ACT, StepKind.DOCUMENTS_REVIEWED, "書面審核完成", "Documents reviewed"),
  ASSIGN_EXAMINATION(
      Permissions.CLEARANCE_ACT, StepKind.EXAMINATION_ASSIGNED, "派驗", "Assign an examination"),
  RECORD_EXAMINATION(
      Permissions.CLEARANCE_ACT, StepKind.EXAMINED, "登錄查驗結果", "Record the examination"),
  EXAMINE_BY_HAND(
      Permissions.CLEARANCE_ACT, StepKind.CHANNEL, "儀檢改人工查驗", "Open the goods after the X-ray"),
  EXAMINE_AGAIN(
      Permissions.CLEARANCE_APPROVE, StepKind.EXAMINATION_ASSIGNED, "複驗", "Examine again"),
  VALUE(Permissions.CLEARANCE_ACT, StepKind.VALUED, "分類估價", "Classify and value"),
  ASSESS_DUTY(Permissions.CLEARANCE_ACT, StepKind.DUTY_ASSESSED, "核發稅單", "Assess the duty"),
  ASK_CORRECTION(
      Permissions.CLEARANCE_ACT, StepKind.CORRECTION_ASKED, "通知更正", "Ask for a correction"),
  HOLD(Permissions.CLEARANCE_ACT, StepKind.HOLD, "管制", "Hold"),
  LIFT_HOLD(Permissions.CLEARANCE_APPROVE, StepKind.HOLD_LIFTED, "解除管制", "Lift the hold"),
  SEIZE(Permissions.CLEARANCE_APPROVE, StepKind.SEIZED, "扣押", "Seize"),
  SEND_BACK(Permissions.CLEARANCE_APPROVE, StepKind.RETURNED, "退運", "Have the goods sent back"),
  RELEASE(Permissions.CLEARANCE_ACT, StepKind.RELEASED, "放行", "Release"),
  CANCEL_RELEASE(
      Permissions.CLEARANCE_APPROVE, StepKind.RELEASE_CANCELLED, "撤銷放行", "Cancel the release"),
  LODGE_APPEAL(Permissions.CLEARANCE_ACT, StepKind.APPEALED, "登錄復查申請", "Register an appeal"),
  DISMISS_APPEAL(
      Permissions.CLEARANCE_APPROVE, StepKind.APPEAL_DISMISSED, "復查駁回", "Dismiss the appeal"),
  GRANT_APPEAL(
      Permissions.CLEARANCE_APPROVE, StepKind.APPEAL_GRANTED, "復查撤銷原處分", "Grant the appeal"),
  FLAG(Permissions.INSPECTION_ACT, null, "注檢", "Flag for inspection"),
  LIFT_FLAG(Permissions.INSPECTION_APPROVE, null, "解除注檢", "Lift the flag");

  private final String need;
  private final @Nullable StepKind told;
  private final Texts name;
  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  Act(String need, @Nullable StepKind told, String zh, String en) {
    this.need = need;
    this.told = told;
    this.name = new Texts(zh, en);
  }

  /** The permission of whoever does it. */
  public String need() {
    return need;
  }

  /**
   * The step by which the core system tells that it has been done; null where its answer is all.
   */
  public @Nullable StepKind told() {
    return told;
  }

  /** Keeps goods here or is about a flag, so that it waits for nothing that others do. */
  public boolean stops() {
    return this == HOLD || this == SEIZE || !isOnOneDeclaration();
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
