package tongguan.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What there is to permit: functions × levels, written {@code function.level}. Routes and
 * operations name one of these; roles hold a set of them.
 */
public final class Permissions {
  /** For what belongs to whoever is in, such as one's own sessions. */
  public static final String SIGNED_IN = "signed-in";

  /** Also for a log-in that came only half way. */
  public static final String HALF = "half-signed-in";

  /** Also for a session that is locked: unlocking, and leaving. */
  public static final String SESSION = "session";

  public static final String RECORD_READ = "record.read";
  public static final String RECORD_EXPORT = "record.export";
  public static final String MESSAGES_READ = "messages.read";
  public static final String MESSAGES_ACT = "messages.act";
  public static final String ACCOUNTS_READ = "accounts.read";
  public static final String ACCOUNTS_ADMINISTER = "accounts.administer";
  public static final String UNITS_READ = "units.read";
  public static final String UNITS_ADMINISTER = "units.administer";
  public static final String ROLES_READ = "roles.read";
  public static final String ROLES_ADMINISTER = "roles.administer";
  public static final String POLICY_READ = "policy.read";
  public static final String POLICY_ADMINISTER = "policy.administer";
  public static final String AUDIT_READ = "audit.read";
  public static final String AUDIT_EXPORT = "audit.export";
  public static final String REQUESTS_APPROVE = "requests.approve";
  public static final String EXPORTS_ACT = "exports.act";
  public static final String EXPORTS_APPROVE = "exports.approve";
  public static final String CLEARANCE_READ = "clearance.read";
  public static final String CLEARANCE_ACT = "clearance.act";

  /** What loosens a check, or takes goods away for good. */
  public static final String CLEARANCE_APPROVE = "clearance.approve";

  /** Taking dossiers along for work without a network. */
  public static final String FIELD_READ = "field.read";

  /** Sending in what was done without a network; each item needs its own permission, too. */
  public static final String FIELD_ACT = "field.act";

  /** Flagging shipments for inspection, many at once, and handing a batch over. */
  public static final String INSPECTION_ACT = "inspection.act";

  /** Lifting a flag before the inspection that it asked for. */
  public static final String INSPECTION_APPROVE = "inspection.approve";

  public static final String DEVICES_READ = "devices.read";

  /** Reporting a device lost: one's own, or any of the district with {@link #DEVICES_READ}. */
  public static final String DEVICES_ACT = "devices.act";

  public static final String DEVICES_ADMINISTER = "devices.administer";

  /** The second person behind a wipe. */
  public static final String DEVICES_APPROVE = "devices.approve";

  public static final String NETWORK_READ = "network.read";
  public static final String NETWORK_ADMINISTER = "network.administer";

  /** For what a device itself asks over its own certificate; no officer holds it. */
  public static final String DEVICE = "device";

  /**
   * What cannot be held for one district: a raw message tells of several districts, roles and
   * policy are everyone's. A grant of these for the own district gives nothing.
   */
  public static final Set<String> NATIONWIDE =
      Set.of(MESSAGES_READ, MESSAGES_ACT, ROLES_ADMINISTER, POLICY_ADMINISTER, NETWORK_ADMINISTER);

  /**
   * Work at the cargo. Who gives out accounts gives it to others without doing it; of all else
   * nobody grants more than they hold.
   */
  private static final Set<String> WORK = Set.of("clearance", "field", "inspection");

  /** Whether it is of a function that those may grant who do not hold it. */
  public static boolean isWork(String permission) {
    return WORK.contains(permission.substring(0, permission.indexOf('.')));
  }

  /** A function of the platform with the levels that it knows. */
  public record Function(String code, String nameZh, String nameEn, List<String> levels) {}

  public static final List<Function> FUNCTIONS =
      List.of(
          new Function("record", "通關資料查詢", "Clearance records", List.of("read", "export")),
          new Function("clearance", "通關作業", "Clearance", List.of("read", "act", "approve")),
          new Function("field", "外勤離線作業", "Field work without a network", List.of("read", "act")),
          new Function("inspection", "注檢", "Inspection", List.of("act", "approve")),
          new Function("messages", "收進訊息", "Inbound messages", List.of("read", "act")),
          new Function("accounts", "帳號", "Accounts", List.of("read", "administer")),
          new Function("units", "單位", "Units", List.of("read", "administer")),
          new Function("roles", "角色", "Roles", List.of("read", "administer")),
          new Function("policy", "政策", "Policy", List.of("read", "administer")),
          new Function("audit", "稽核紀錄", "Audit", List.of("read", "export")),
          new Function("requests", "第二人核准", "Second person's decisions", List.of("approve")),
          new Function("exports", "大量匯出", "Mass exports", List.of("act", "approve")),
          new Function("devices", "設備", "Devices", List.of("read", "act", "administer", "approve")),
          new Function("network", "專屬網路", "Private network", List.of("read", "administer")));

  /** Every permission that a role can hold. */
  public static final Set<String> ALL =
      FUNCTIONS.stream()
          .flatMap(
              function -> function.levels().stream().map(level -> function.code() + '.' + level))
          .collect(Collectors.toUnmodifiableSet());

  private Permissions() {}
}
