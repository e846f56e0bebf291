package tongguan.fleet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.base.database.Sql;

/** All SQL of devices as such. */
final class DeviceStore {
  private final Connection connection;

  DeviceStore(Connection connection) {
    this.connection = connection;
  }

  private static final String READ =
      """
      select d.id, d.serial, d.kind, d.model, d.unit, u.district, d.imei, d.state, d.holder,
        h.name as holder_name, d.version,
        array(select m.mac::text from fleet.mac m where m.device = d.id order by m.mac) as macs,
        exists (select from fleet.pending_wipe w where w.device = d.id) as wipe_pending
      from fleet.device d
      join identity.unit u on u.code = d.unit
      left join identity.account h on h.id = d.holder
      """;

  Optional<Device> one(UUID id) throws SQLException {
    return Sql.of(connection, READ + "where d.id = ?", id).first(DeviceStore::device);
  }

  /** The device, which nobody else changes until this transaction ends. */
  Optional<Device> locked(UUID id) throws SQLException {
    if (!Sql.of(connection, "select from fleet.device where id = ? for update", id).exists()) {
      return Optional.empty();
    }
    // A statement of its own, so that it sees what whoever held the row before has left.
    return one(id);
  }

  /** Which of the values that must be unique are taken by another device than this one. */
  List<String> taken(NewDevice device, @Nullable UUID but) throws SQLException {
    return Sql.of(
            connection,
            """
            select 'serial' from fleet.device where serial = ? and id is distinct from ?
            union all
            select 'imei' from fleet.device where imei = ? and id is distinct from ?
            union all
            select 'macs' from fleet.mac where mac = any (?::macaddr[]) and device is distinct from ?
            """,
            device.serial().text(),
            but,
            device.imei() == null ? null : device.imei().text(),
            but,
            texts(device.macs()),
            but)
        .rows(row -> row.getString(1));
  }

  private static List<String> texts(List<Mac> macs) {
    return macs.stream().map(Mac::text).toList();
  }

  void add(UUID id, NewDevice device) throws SQLException {
    Sql.of(
            connection,
            """
            insert into fleet.device (id, serial, kind, model, unit, imei) values (?, ?, ?, ?, ?, ?)
            """,
            id,
            device.serial().text(),
            device.kind().code(),
            device.model(),
            device.unit(),
            device.imei() == null ? null : device.imei().text())
        .update();
    setMacs(id, device.macs());
  }

  void change(UUID id, NewDevice device) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.device
            set kind = ?, model = ?, unit = ?, imei = ?, version = version + 1,
              changed_at = clock_timestamp()
            where id = ?
            """,
            device.kind().code(),
            device.model(),
            device.unit(),
            device.imei() == null ? null : device.imei().text(),
            id)
        .update();
    setMacs(id, device.macs());
    // Its SIM belongs to the same stock.
    Sql.of(
            connection,
            """
            update fleet.sim s set unit = ?, version = s.version + 1, changed_at = clock_timestamp()
            from fleet.pairing p
            where p.device = ? and p.until is null and s.id = p.sim and s.unit <> ?
            """,
            device.unit(),
            id,
            device.unit())
        .update();
  }

  private void setMacs(UUID id, List<Mac> macs) throws SQLException {
    Sql.of(connection, "delete from fleet.mac where device = ?", id).update();
    Sql.of(
            connection,
            "insert into fleet.mac (mac, device) select m, ? from unnest(?::macaddr[]) m",
            id,
            texts(macs))
        .update();
  }

  void setState(UUID id, DeviceState state, @Nullable UUID holder) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.device
            set state = ?, holder = ?, version = version + 1, changed_at = clock_timestamp()
            where id = ?
            """,
            state.code(),
            holder,
            id)
        .update();
  }

  void note(UUID id, UUID device, String kind, String by, Map<String, ?> details)
      throws SQLException {
    Sql.of(
            connection,
            """
            insert into fleet.event (id, device, kind, by_name, details) values (?, ?, ?, ?, ?::jsonb)
            """,
            id,
            device,
            kind,
            by,
            Json.text(details))
        .update();
  }

  /** Certificates, and codes with which a new one could be had; how many certificates it were. */
  int revokeKeys(UUID device, String why) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.enrolment set ends_at = clock_timestamp()
            where device = ? and used_at is null and ends_at > clock_timestamp()
            """,
            device)
        .update();
    return Sql.of(
            connection,
            """
            update fleet.certificate set revoked_at = clock_timestamp(), revoked_why = ?
            where device = ? and revoked_at is null
            """,
            why,
            device)
        .update();
  }

  boolean fits(UUID device, String unit) throws SQLException {
    return Sql.of(connection, "select where fleet.fits(?, ?)", device, unit).exists();
  }

  private static Device device(ResultSet row) throws SQLException {
    return new Device(
        row.getObject("id", UUID.class),
        row.getString("serial"),
        DeviceKind.of(row.getString("kind")),
        row.getString("model"),
        row.getString("unit"),
        row.getString("district"),
        row.getString("imei"),
        Sql.texts(row, "macs"),
        DeviceState.of(row.getString("state")).orElseThrow(),
        row.getObject("holder", UUID.class),
        row.getString("holder_name"),
        row.getBoolean("wipe_pending"),
        row.getInt("version"));
  }
}
