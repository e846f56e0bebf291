package tongguan.access;

import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.http.TestAuthority;

/**
 * A device as rows, past all rules of handing one out: {@code
 * field.aDevice().assigned().withSim().online()}.
 */
public final class TestDevice {
  private final Field field;
  public final UUID id = UUID.randomUUID();
  public final UUID sim = UUID.randomUUID();
  public final UUID network = UUID.randomUUID();
  public final String serial;
  public final String imei;
  public final String imsi;
  public final String mac;

  /** Its own address on the private APN. */
  public final String address;

  private TestAuthority.Holder holder;
  private @Nullable HttpClient client;

  TestDevice(Field field, int number) {
    this.field = field;
    this.serial = "PDA-%05d".formatted(number);
    this.imei = "35%012d".formatted(number);
    this.imsi = "46697%010d".formatted(number);
    this.mac = "02:00:00:00:%02x:%02x".formatted(number >> 8, number & 0xFF);
    this.address = "127.10.%d.%d".formatted(number >> 8, number & 0xFF);
    sql(
        "insert into fleet.device (id, serial, kind, unit, imei) values ('%s', '%s', 'pda', 'A', '%s')",
        id, serial, imei);
    sql("insert into fleet.mac (mac, device) values ('%s', '%s')", mac, id);
    certified();
  }

  private TestDevice sql(String text, Object... values) {
    field.execute(text.formatted(values));
    return this;
  }

  /** With a key and a certificate, in addition to those that it had. */
  public TestDevice certified() {
    holder =
        field.authority.client(id.toString(), Instant.now().minusSeconds(60), Duration.ofDays(1));
    client = null;
    return sql(
        "insert into fleet.certificate (serial, device, key_digest, certificate, ends_at) values (decode('%s', 'hex'), '%s', decode('%s', 'hex'), '', now() + interval '1 day')",
        hex(certificateSerial()), id, hex(digest(holder.keys().getPublic().getEncoded())));
  }

  public byte[] certificateSerial() {
    return holder.certificate().getSerialNumber().toByteArray();
  }

  public TestAuthority.Holder holder() {
    return holder;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  public TestDevice assigned() {
    return sql(
        "update fleet.device set state = 'assigned', holder = '00000000-0000-7000-8000-000000000001' where id = '%s'",
        id);
  }

  public TestDevice in(String state) {
    return sql("update fleet.device set state = '%s' where id = '%s'", state, id);
  }

  public TestDevice of(String unit) {
    return sql("update fleet.device set unit = '%s' where id = '%s'", unit, id);
  }

  /** {@code notebook} and {@code tablet} need their steward, see {@link #guarded}. */
  public TestDevice kind(String kind) {
    return sql("update fleet.device set kind = '%s' where id = '%s'", kind, id);
  }

  /** Its steward has just reported. */
  public TestDevice guarded() {
    return sql(
        "insert into fleet.contact (device) values ('%s') on conflict (device) do update set at = clock_timestamp(), tampered = false",
        id);
  }

  public TestDevice withSim() {
    sql(
        "insert into fleet.sim (id, iccid, imsi, msisdn, address, state) values ('%s', '89886%013d', '%s', '8869%s', '%s', 'active')",
        sim, Long.parseLong(imsi.substring(5)), imsi, imsi.substring(7), address);
    return sql(
        "insert into fleet.pairing (id, sim, device) values (gen_random_uuid(), '%s', '%s')",
        sim, id);
  }

  /** The operator's gateway has told of its session on the private APN. */
  public TestDevice online() {
    return sql(
        "insert into access.apn_session (id, gateway, number, imsi, imeisv, address, sim, device, started_at) values ('%s', 'operator', '%s', '%s', '%s01', '%s', '%s', '%s', now())",
        network, network, imsi, imei, address, sim, id);
  }

  public TestDevice lentTo(String unit) {
    return sql(
        "insert into fleet.loan (id, device, unit, until, agreed_by) values (gen_random_uuid(), '%s', '%s', now() + interval '1 day', '00000000-0000-7000-8000-000000000001')",
        id, unit);
  }

  /** As the report of its loss leaves it. */
  public TestDevice lost() {
    sql("update fleet.sim set state = 'blocked' where id = '%s'", sim);
    sql(
        "update fleet.certificate set revoked_at = now(), revoked_why = 'lost' where device = '%s' and revoked_at is null",
        id);
    return in("lost").wipeOrdered();
  }

  public TestDevice wipeOrdered() {
    return sql(
        "insert into fleet.command (device, number, kind, body, signature) select '%s', coalesce(max(number), 0) + 1, 'wipe', '{}', '' from fleet.command where device = '%s'",
        id, id);
  }

  public TestDevice simBlocked() {
    return sql("update fleet.sim set state = 'blocked' where id = '%s'", sim);
  }

  /** Over the private APN, by its own certificate. */
  public HttpClient client() {
    if (client == null) {
      client = field.client(address, holder);
    }
    return client;
  }

  /** By its own certificate, from somewhere else. */
  public HttpClient clientFrom(String from) {
    return field.client(from, holder);
  }

  /** Someone before its browser. */
  public SignedIn browser(String name) {
    return field.stranger(name, client());
  }
}
