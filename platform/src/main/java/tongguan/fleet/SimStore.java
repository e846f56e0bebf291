package tongguan.fleet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.database.Sql;

/** All SQL of SIMs and of which sits where. */
final class SimStore {
  private final Connection connection;

  SimStore(Connection connection) {
    this.connection = connection;
  }

  private static final String READ =
      """
      select s.id, s.iccid, s.imsi, s.msisdn, host(s.address) as address, s.unit, u.district,
        s.state, p.device, d.serial, s.version
      from fleet.sim s
      join identity.unit u on u.code = s.unit
      left join fleet.pairing p on p.sim = s.id and p.until is null
      left join fleet.device d on d.id = p.device
      """;

  Optional<Sim> locked(UUID id) throws SQLException {
    if (!Sql.of(connection, "select from fleet.sim where id = ? for update", id).exists()) {
      return Optional.empty();
    }
    return Sql.of(connection, READ + "where s.id = ?", id).first(SimStore::sim);
  }

  Optional<Sim> one(UUID id) throws SQLException {
    return Sql.of(connection, READ + "where s.id = ?", id).first(SimStore::sim);
  }

  Optional<Sim> in(UUID device) throws SQLException {
    return Sql.of(connection, READ + "where p.device = ?", device).first(SimStore::sim);
  }

  List<String> taken(NewSim sim) throws SQLException {
    return Sql.of(
            connection,
            """
            select 'iccid' from fleet.sim where iccid = ?
            union all select 'imsi' from fleet.sim where imsi = ?
            union all select 'msisdn' from fleet.sim where msisdn = ?
            union all select 'address' from fleet.sim where address = ?::inet
            """,
            sim.iccid().text(),
            sim.imsi().text(),
            sim.msisdn().text(),
            sim.address().text())
        .rows(row -> row.getString(1));
  }

  void add(UUID id, NewSim sim) throws SQLException {
    Sql.of(
            connection,
            """
            insert into fleet.sim (id, iccid, imsi, msisdn, address, unit)
            values (?, ?, ?, ?, ?::inet, ?)
            """,
            id,
            sim.iccid().text(),
            sim.imsi().text(),
            sim.msisdn().text(),
            sim.address().text(),
            sim.unit())
        .update();
  }

  void setState(UUID id, SimState state) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.sim set state = ?, version = version + 1, changed_at = clock_timestamp()
            where id = ?
            """,
            state.code(),
            id)
        .update();
  }

  void unpair(UUID sim) throws SQLException {
    Sql.of(
            connection,
            "update fleet.pairing set until = clock_timestamp() where sim = ? and until is null",
            sim)
        .update();
  }

  void pair(UUID id, UUID sim, UUID device) throws SQLException {
    Sql.of(
            connection,
            "insert into fleet.pairing (id, sim, device, since) values (?, ?, ?, clock_timestamp())",
            id,
            sim,
            device)
        .update();
    Sql.of(
            connection,
            """
            update fleet.sim s set unit = d.unit, version = s.version + 1,
              changed_at = clock_timestamp()
            from fleet.device d where s.id = ? and d.id = ?
            """,
            sim,
            device)
        .update();
  }

  private static Sim sim(ResultSet row) throws SQLException {
    return new Sim(
        row.getObject("id", UUID.class),
        row.getString("iccid"),
        row.getString("imsi"),
        row.getString("msisdn"),
        row.getString("address"),
        row.getString("unit"),
        row.getString("district"),
        SimState.of(row.getString("state")).orElseThrow(),
        row.getObject("device", UUID.class),
        row.getString("serial"),
        row.getInt("version"));
  }
}
