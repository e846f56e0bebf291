package tongguan.access.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Two nodes on one database, the officers of two districts, and devices as people enter them. */
final class TwoNodes implements AutoCloseable {
  static final Map<String, Object> REASON = Map.of("reason", "as agreed on the telephone");
  static final List<?> STROKES = List.of(List.of(List.of(10, 10), List.of(400, 300)));

  final DatabaseUrl url = TestDatabase.empty();
  final Platform one = new Platform(url, url, 0, Clock.systemUTC());
  final Platform two = new Platform(url, url, 0, Clock.systemUTC());
  final SignedIn admin;
  final SignedIn second;

  /** The administrator of district A. */
  final SignedIn district;

  private final AtomicInteger count = new AtomicInteger();

  TwoNodes() {
    one.start();
    two.start();
    TestDatabase.execute(
        url,
        """
        update identity.role set second_factor = false;
        insert into identity.unit (code, parent, name_zh, name_en, kind, district) values
          ('A-GATE', 'A', '大門', 'Gate', 'section', 'A'),
          ('A-GATE-1', 'A-GATE', '一班', 'Shift 1', 'team', 'A'),
          ('A-YARD', 'A', '貨場', 'Yard', 'section', 'A');
        insert into access.gateway (name, address, apns, secret) values ('ggsn', '192.0.2.1', '{customs}', 'x')
        """);
    admin = officer("admin", "HQ", "headquarters-administrator", "all");
    second = officer("second", "HQ", "headquarters-administrator", "all");
    district = officer("district", "A", "district-administrator", "own");
  }

  SignedIn officer(String name, String unit, String role, String scope) {
    SignedIn.account(one, name, unit, 1, role, scope);
    return SignedIn.stranger(one, name).in();
  }

  SignedIn officer(String name, String unit) {
    return officer(name, unit, "officer", "own");
  }

  String text(String sql) {
    return TestDatabase.text(url, sql);
  }

  void execute(String sql) {
    TestDatabase.execute(url, sql);
  }

  static JsonNode good(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return SignedIn.json(response);
  }

  /** Digits with their check digit (Luhn). */
  static String checked(String digits) {
    for (int check = 0; check < 10; check++) {
      int sum = 0;
      String all = digits + check;
      for (int i = 0; i < all.length(); i++) {
        int digit = all.charAt(all.length() - 1 - i) - '0';
        sum += i % 2 == 0 ? digit : digit * 2 / 10 + digit * 2 % 10;
      }
      if (sum % 10 == 0) {
        return all;
      }
    }
    throw new IllegalStateException(digits);
  }

  Map<String, Object> aDevice(String unit) {
    int n = count.incrementAndGet();
    Map<String, Object> device = new LinkedHashMap<>();
    device.put("serial", "dev-%05d".formatted(n));
    device.put("kind", "notebook");
    device.put("model", "Field Book 3");
    device.put("unit", unit);
    device.put("imei", checked("3512345%07d".formatted(n)));
    device.put("macs", List.of("02-00-5E-10-%02X-%02X".formatted(n / 256, n % 256)));
    return device;
  }

  Map<String, Object> aSim(String unit) {
    int n = count.incrementAndGet();
    Map<String, Object> sim = new LinkedHashMap<>();
    sim.put("iccid", checked("898860%012d".formatted(n)));
    sim.put("imsi", "46692%010d".formatted(n));
    sim.put("msisdn", "+886 9%08d".formatted(n));
    sim.put("address", "10.64.%d.%d".formatted(n / 250, n % 250 + 1));
    sim.put("unit", unit);
    return sim;
  }

  UUID added(String unit) {
    return id(admin.make("/api/v1/devices", aDevice(unit)));
  }

  UUID addedSim(String unit) {
    return id(admin.make("/api/v1/sims", aSim(unit)));
  }

  static UUID id(HttpResponse<String> response) {
    return UUID.fromString(good(response).path("id").stringValue());
  }

  /** A device with an active SIM in it. */
  UUID withSim(String unit) {
    UUID device = added(unit);
    good(admin.make("/api/v1/sims/" + addedSim(unit) + "/pair", pairing(device)));
    return device;
  }

  static Map<String, Object> pairing(UUID device) {
    return Map.of("device", device.toString(), "reason", "one set");
  }

  /** A device with a SIM that this officer answers for, its certificate as enrolment leaves it. */
  UUID handedOut(String unit, String taker) {
    UUID device = withSim(unit);
    good(admin.make("/api/v1/devices/" + device + "/hand-out", handOut(taker)));
    certificate(device);
    return device;
  }

  static Map<String, Object> handOut(String taker) {
    return Map.of(
        "taker",
        taker,
        "giverSignature",
        STROKES,
        "takerSignature",
        STROKES,
        "accessories",
        "charger",
        "condition",
        "new");
  }

  static Map<String, Object> takeBack() {
    return Map.of("giverSignature", STROKES, "takerSignature", STROKES);
  }

  void certificate(UUID device) {
    execute(
        """
        insert into fleet.certificate (serial, device, key_digest, certificate, ends_at)
        select sha256(uuid_send(uuidv7())), '%s', sha256(uuid_send(uuidv7())), '\\x00',
          now() + interval '90 days'
        """
            .formatted(device));
  }

  /** A session on the private APN, as accounting would have written it. */
  UUID onTheApn(UUID device) {
    UUID session = UUID.randomUUID();
    execute(
        """
        insert into access.apn_session (id, gateway, number, imsi, address, sim, device, started_at)
        select '%s', 'ggsn', '%s', s.imsi, s.address, s.id, p.device, now()
        from fleet.pairing p join fleet.sim s on s.id = p.sim
        where p.device = '%s' and p.until is null
        """
            .formatted(session, session, device));
    return session;
  }

  /** Says of the officer's session that this session on the APN carries it. */
  void carry(SignedIn officer, UUID network) {
    execute(
        """
        update identity.session set network = '%s'
        where ended_at is null and account = (select id from identity.account where name = '%s')
        """
            .formatted(network, officer.name));
  }

  /** Why the officer's session ended; empty while it lives. */
  String ended(SignedIn officer) {
    return text(
        """
        select coalesce(max(ended_why), '') from identity.session
        where account = (select id from identity.account where name = '%s') and ended_at is not null
        """
            .formatted(officer.name));
  }

  /** What the steward on the device would have said about its wipe, with its signature. */
  void wiped(UUID device) {
    execute(
        """
        update fleet.command set outcome = 'done', answered_at = now(), answer_signature = '\\x01'
        where device = '%s' and kind = 'wipe' and outcome is null
        """
            .formatted(device));
  }

  String state(UUID device) {
    return text("select state from fleet.device where id = '" + device + "'");
  }

  String simState(UUID device) {
    return text(
        "select s.state from fleet.pairing p join fleet.sim s on s.id = p.sim where p.until is null and p.device = '"
            + device
            + "'");
  }

  /** How often this is in the audit, of this device. */
  int audited(String act, String outcome, UUID device) {
    return Integer.parseInt(
        text(
            "select count(*) from audit.entry where act = '%s' and outcome = '%s' and record = 'device:' || (select serial from fleet.device where id = '%s')"
                .formatted(act, outcome, device)));
  }

  int refusals(String act, String code) {
    return Integer.parseInt(
        text(
            "select count(*) from audit.entry where act = '%s' and outcome = 'refused' and code = '%s'"
                .formatted(act, code)));
  }

  List<String> serials(HttpResponse<String> response) {
    List<String> serials = new ArrayList<>();
    good(response).path("items").forEach(item -> serials.add(item.path("serial").stringValue()));
    return serials;
  }

  @Override
  public void close() {
    one.close();
    two.close();
  }
}
