package tongguan.fleet;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.database.Sql;

/**
 * Many devices and SIMs at a time: what of them is known already, and adding them, in a few
 * statements however many there are.
 */
public final class Stock {
  private final Ids ids;

  Stock(Ids ids) {
    this.ids = ids;
  }

  /** A device and its SIM, either of which may be missing. */
  public record Pair(@Nullable NewDevice device, @Nullable NewSim sim) {}

  /** What the registry has of what a file says, each by the values that must be unique. */
  public record Known(List<KnownDevice> devices, List<KnownSim> sims) {}

  public record KnownDevice(
      String serial,
      String kind,
      String model,
      String unit,
      @Nullable String imei,
      List<String> macs,
      @Nullable String iccid) {}

  public record KnownSim(
      String iccid,
      String imsi,
      String msisdn,
      String address,
      String unit,
      String state,
      boolean paired) {}

  /** Two statements, whatever the number of rows. */
  public Known known(Connection connection, List<Pair> pairs) throws SQLException {
    List<NewDevice> devices = new ArrayList<>();
    List<NewSim> sims = new ArrayList<>();
    for (Pair pair : pairs) {
      if (pair.device() != null) {
        devices.add(pair.device());
      }
      if (pair.sim() != null) {
        sims.add(pair.sim());
      }
    }
    return new Known(knownDevices(connection, devices), knownSims(connection, sims));
  }

  private static List<KnownDevice> knownDevices(Connection connection, List<NewDevice> devices)
      throws SQLException {
    List<String> imeis = new ArrayList<>();
    for (NewDevice device : devices) {
      if (device.imei() != null) {
        imeis.add(device.imei().text());
      }
    }
    return Sql.of(
            connection,
            """
            with hit (id) as (
              select id from fleet.device where serial = any (?)
              union select id from fleet.device where imei = any (?)
              union select device from fleet.mac where mac = any (?::macaddr[])
            )
            select d.serial, d.kind, d.model, d.unit, d.imei, s.iccid,
              array(select m.mac::text from fleet.mac m where m.device = d.id order by m.mac) as macs
            from hit
            join fleet.device d using (id)
            left join fleet.pairing p on p.device = d.id and p.until is null
            left join fleet.sim s on s.id = p.sim
            """,
            devices.stream().map(device -> device.serial().text()).toList(),
            imeis,
            devices.stream().flatMap(device -> device.macs().stream()).map(Mac::text).toList())
        .rows(row ->
            new KnownDevice(
                row.getString("serial"),
                row.getString("kind"),
                row.getString("model"),
                row.getString("unit"),
                row.getString("imei"),
                Sql.texts(row, "macs"),
                row.getString("iccid")));
  }

  private static List<KnownSim> knownSims(Connection connection, List<NewSim> sims)
      throws SQLException {
    return Sql.of(
            connection,
            """
            with hit (id) as (
              select id from fleet.sim where iccid = any (?)
              union select id from fleet.sim where imsi = any (?)
              union select id from fleet.sim where msisdn = any (?)
              union select id from fleet.sim where address = any (?::inet[])
            )
            select s.iccid, s.imsi, s.msisdn, host(s.address) as address, s.unit, s.state,
              exists (select from fleet.pairing p where p.sim = s.id and p.until is null) as paired
            from hit join fleet.sim s using (id)
            """,
            sims.stream().map(sim -> sim.iccid().text()).toList(),
            sims.stream().map(sim -> sim.imsi().text()).toList(),
            sims.stream().map(sim -> sim.msisdn().text()).toList(),
            sims.stream().map(sim -> sim.address().text()).toList())
        .rows(row ->
            new KnownSim(
                row.getString("iccid"),
                row.getString("imsi"),
                row.getString("msisdn"),
                row.getString("address"),
                row.getString("unit"),
                row.getString("state"),
                row.getBoolean("paired")));
  }

  /** One import at a time, so that what was looked at is what is there when it is written. */
  public void lock(Connection tx) throws SQLException {
    Sql.of(tx, "select pg_advisory_xact_lock(hashtext('fleet.import'))").exists();
  }

  /**
   * Adds all of them and pairs each device with its SIM, which may be there already. Three
   * statements.
   */
  public void add(Connection tx, List<Pair> pairs, String by) throws SQLException {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (Pair pair : pairs) {
      rows.add(row(pair));
    }
    String json = Json.text(rows);
    Sql.of(tx, ADD_DEVICES, json, by).update();
    Sql.of(tx, ADD_SIMS, json).update();
    Sql.of(tx, PAIR, json).update();
  }

  private Map<String, @Nullable Object> row(Pair pair) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    NewDevice device = pair.device();
    if (device != null) {
      row.put("device", ids.next());
      row.put("serial", device.serial().text());
      row.put("kind", device.kind().code());
      row.put("model", device.model());
      row.put("unit", device.unit());
      row.put("imei", device.imei() == null ? null : device.imei().text());
      row.put("macs", device.macs().stream().map(Mac::text).toList());
      row.put("event", ids.next());
    }
    NewSim sim = pair.sim();
    if (sim != null) {
      row.put("sim", ids.next());
      row.put("iccid", sim.iccid().text());
      row.put("imsi", sim.imsi().text());
      row.put("msisdn", sim.msisdn().text());
      row.put("address", sim.address().text());
      row.put("unit", sim.unit());
      row.put("pairing", ids.next());
    }
    return row;
  }

  private static final String ROWS =
      """
      r as (
        select * from json_to_recordset(?::json) as r (device uuid, serial text, kind text,
          model text, unit text, imei text, macs text[], event uuid, sim uuid, iccid text,
          imsi text, msisdn text, address inet, pairing uuid)
      )
      """;

  private static final String ADD_DEVICES =
      "with "
          + ROWS
          + """
          , added as (
            insert into fleet.device (id, serial, kind, model, unit, imei)
            select device, serial, kind, model, unit, imei from r where device is not null
            order by serial
            returning id
          ),
          reached as (
            insert into fleet.mac (mac, device)
            select m::macaddr, r.device from r, unnest(r.macs) m where r.device is not null
          )
          insert into fleet.event (id, device, kind, by_name)
          select r.event, added.id, 'added', ? from added join r on r.device = added.id
          """;

  /** A SIM that is there already stays as it is; the import has looked at it. */
  private static final String ADD_SIMS =
      "with "
          + ROWS
          + """
          insert into fleet.sim (id, iccid, imsi, msisdn, address, unit, state)
          select sim, iccid, imsi, msisdn, address, unit,
            case when device is null then 'in-stock' else 'active' end
          from r where sim is not null
          order by iccid
          on conflict (iccid) do nothing
          """;

  private static final String PAIR =
      "with "
          + ROWS
          + """
          , paired as (
            insert into fleet.pairing (id, sim, device, since)
            select r.pairing, s.id, r.device, clock_timestamp()
            from r join fleet.sim s on s.iccid = r.iccid where r.device is not null
            returning sim, device
          )
          update fleet.sim s set unit = d.unit, changed_at = clock_timestamp(),
            version = s.version + case when s.unit <> d.unit or s.state = 'in-stock' then 1 else 0 end,
            state = case s.state when 'in-stock' then 'active' else s.state end
          from paired p join fleet.device d on d.id = p.device
          where s.id = p.sim
          """;
}
