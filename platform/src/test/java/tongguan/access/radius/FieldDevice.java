package tongguan.access.radius;

import java.net.InetAddress;
import java.util.UUID;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** A device with its SIM, both in the registry: active, paired, assigned. */
record FieldDevice(
    UUID device, UUID sim, String imsi, String msisdn, String imeisv, InetAddress address) {

  /** The n-th of a test; its numbers follow from that. */
  static FieldDevice add(DatabaseUrl url, int n) {
    return add(url, n, "10.64.%d.%d".formatted(n / 250, n % 250 + 1));
  }

  static FieldDevice add(DatabaseUrl url, int n, String address) {
    FieldDevice added =
        new FieldDevice(
            UUID.randomUUID(),
            UUID.randomUUID(),
            "4669200%08d".formatted(n),
            "8869%08d".formatted(n),
            "35%012d01".formatted(n),
            InetAddress.ofLiteral(address));
    TestDatabase.execute(
        url,
        """
        insert into identity.account (id, name, name_zh, name_en, unit, offline_key)
        values ('00000000-0000-7000-8000-000000000001', 'holder', '持有人', 'Holder', 'A', decode(repeat('00', 32), 'hex'))
        on conflict do nothing;
        insert into fleet.device (id, serial, kind, unit, imei, state, holder)
        values ('%s', 'SN-%05d', 'pda', 'A', '%s', 'assigned', '00000000-0000-7000-8000-000000000001');
        insert into fleet.sim (id, iccid, imsi, msisdn, address, state)
        values ('%s', '89886%013d', '%s', '%s', '%s', 'active');
        insert into fleet.pairing (id, sim, device) values (uuidv7(), '%s', '%s')
        """
            .formatted(
                added.device,
                n,
                added.imeisv.substring(0, 14),
                added.sim,
                n,
                added.imsi,
                added.msisdn,
                address,
                added.sim,
                added.device));
    return added;
  }

  /** The same SIM in a device that is not its own. */
  FieldDevice in(String otherImeisv) {
    return new FieldDevice(device, sim, imsi, msisdn, otherImeisv, address);
  }

  /** As a gateway would tell of it at another address. */
  FieldDevice at(InetAddress other) {
    return new FieldDevice(device, sim, imsi, msisdn, imeisv, other);
  }
}
