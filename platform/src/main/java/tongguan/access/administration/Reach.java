package tongguan.access.administration;

import java.util.Map;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.operation.Input;
import tongguan.base.Problem;
import tongguan.identity.Account;
import tools.jackson.databind.JsonNode;

/** Whose accounts an administrator reaches: what is out of reach is not there. */
final class Reach {
  private Reach() {}

  static boolean reaches(Officer officer, String permission, Account account) {
    return inDistrict(officer, permission, account.district());
  }

  static boolean inDistrict(
      Officer officer, String permission, @org.jspecify.annotations.Nullable String district) {
    return officer.sight(permission).reaches(district);
  }

  static UUID id(Map<String, String> parameters) {
    return Input.id(parameters.getOrDefault("id", ""), Reach::unknownAccount);
  }

  static int version(JsonNode input) {
    return Input.number(input, "version", 1, Integer.MAX_VALUE);
  }

  static Problem unknownAccount() {
    return Problem.of(404, "unknown-account", "查無此帳號。", "There is no such account.");
  }

  static Problem unknownUnit() {
    return Input.refused("unit", "code of a unit within reach");
  }

  static Problem stale() {
    return Problem.of(
        409, "stale", "資料已被他人變更，請重新載入。", "Someone else has changed this meanwhile; load it again.");
  }
}
