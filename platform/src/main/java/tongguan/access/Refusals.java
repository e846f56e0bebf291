package tongguan.access;

import tongguan.base.Problem;
import tongguan.identity.Session;

/** How the gate says no. */
public final class Refusals {
  private Refusals() {}

  public static Problem notSignedIn() {
    return Problem.of(401, "not-signed-in", "請先登入。", "Sign in first.");
  }

  /** Whatever is wrong with where a request comes from; which of the reasons holds is not told. */
  public static Problem notFromHere() {
    return Problem.of(
        403,
        "not-from-here",
        "此連線或設備未獲授權，請洽管理者。",
        "From this connection or device nobody is let in; ask an administrator.");
  }

  public static Problem logIn() {
    return Problem.of(
        401,
        "login-refused",
        "無法登入：帳號或密碼不符，或帳號已鎖定。連續三次錯誤即鎖定，請洽管理者解鎖。",
        "Not signed in: account or password are wrong, or the account is locked. Three wrong tries lock it; an administrator unlocks it.");
  }

  /** To whomever is refused while the directory is away: which of the reasons holds is not told. */
  public static Problem directoryAway() {
    return Problem.unavailable(
        "directory-away",
        10,
        "無法登入：目前無法連線機關目錄服務，請稍後再試；若為本平台帳號，則帳號或密碼不符，或已鎖定。",
        "Not signed in: the agency's directory cannot be reached; try again in a moment. For an account of this platform's own, account or password are wrong, or it is locked.");
  }

  public static Problem slowDown(int seconds) {
    return Problem.of(
            429,
            "slow-down",
            "嘗試次數過多，請稍後再試。",
            "Too many tries from here; wait before the next one.")
        .with(Problem.RETRY_AFTER, seconds);
  }

  public static Problem csrf() {
    return Problem.of(
        403,
        "csrf",
        "此要求並非來自本平台頁面，請重新整理。",
        "This change does not come from a page of ours; load the page again.");
  }

  public static Problem locked(
      Session session, boolean chinese, String csrf, boolean hasPasskey, String source) {
    return Problem.of(
            423, "session-locked", "畫面已鎖定，請重新驗證。", "The session is locked; unlock it first.")
        .with("account", session.name())
        .with("name", chinese ? session.nameZh() : session.nameEn())
        .with("csrf", csrf)
        .with("passkey", hasPasskey)
        .with("source", source);
  }

  public static Problem half(Session.Stage stage) {
    return switch (stage) {
      case SECOND_FACTOR ->
          Problem.of(
              409,
              "second-factor-needed",
              "請完成第二重驗證。",
              "Finish signing in with your second factor.");
      case ENROL ->
          Problem.of(
              409,
              "enrol-needed",
              "此角色須先設定第二重驗證（通行金鑰或驗證碼）。",
              "Your role needs a second factor; set up a passkey or a code first.");
      case FULL -> throw new IllegalArgumentException("whole");
    };
  }

  public static Problem notPermitted() {
    return Problem.of(403, "not-permitted", "無此權限。", "You do not have this permission.");
  }
}
