package tongguan.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tongguan.record.key.VoyageKey;

/** SQL of voyages and their manifests. */
final class VoyageStore {
  private final Connection transaction;

  VoyageStore(Connection transaction) {
    this.transaction = transaction;
  }

  /** A voyage's key in its parts. */
  private record Named(
      String key,
      String mode,
      @Nullable String imo,
      @Nullable String voyageNumber,
      @Nullable String flight,
      @Nullable LocalDate flightDate) {

    static Named of(VoyageKey key) {
      return switch (key) {
        case VoyageKey.Sea sea ->
            new Named(key.value(), "sea", sea.imo().value(), sea.voyageNumber(), null, null);
        case VoyageKey.Air air ->
            new Named(key.value(), "air", null, null, air.flight(), air.date());
      };
    }
  }

  void write(Batch batch) throws SQLException {
    batch.voyages.forEach(fact -> batch.namedVoyages.put(fact.key(), fact.voyage()));
    List<Named> named = batch.namedVoyages.values().stream().map(Named::of).toList();
    Rows.write(transaction, NAME, named);
    Rows.write(transaction, TELL, batch.voyages);
    Rows.write(transaction, MANIFEST, batch.manifests);
  }

  private static final String NAME =
      """
      insert into record.voyage (key, mode, imo, voyage_number, flight, flight_date)
      select key, mode, imo, voyage_number, flight, flight_date
      from json_to_recordset(?::json)
        as f(key text, mode text, imo text, voyage_number text, flight text, flight_date date)
      order by key
      on conflict (key) do nothing
      """;

  // Each attribute is a register of its own: greatest() keeps the newest, and null never beats a
  // value.
  private static final String TELL =
      """
      with newest as (
        select voyage,
          (array_agg(row(told_at, told_rank, told_tie, vessel_name)::record.told_text
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where vessel_name is not null))[1] as vessel_name,
          (array_agg(row(told_at, told_rank, told_tie, registration)::record.told_text
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where registration is not null))[1] as registration,
          (array_agg(row(told_at, told_rank, told_tie, carrier)::record.told_text
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where carrier is not null))[1] as carrier,
          (array_agg(row(told_at, told_rank, told_tie, load_port)::record.told_text
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where load_port is not null))[1] as load_port,
          (array_agg(row(told_at, told_rank, told_tie, discharge_port)::record.told_text
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where discharge_port is not null))[1] as discharge_port,
          (array_agg(row(told_at, told_rank, told_tie, terminal)::record.told_text
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where terminal is not null))[1] as terminal,
          (array_agg(row(told_at, told_rank, told_tie, eta)::record.told_time
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where eta is not null))[1] as eta,
          (array_agg(row(told_at, told_rank, told_tie, ata)::record.told_time
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where ata is not null))[1] as ata,
          (array_agg(row(told_at, told_rank, told_tie, etd)::record.told_time
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where etd is not null))[1] as etd,
          (array_agg(row(told_at, told_rank, told_tie, atd)::record.told_time
            order by told_at desc, told_rank desc, told_tie desc)
            filter (where atd is not null))[1] as atd
        from json_to_recordset(?::json)
          as f(voyage text, told_at timestamptz, told_rank smallint, told_tie bigint,
            vessel_name text, registration text, carrier text, load_port text, discharge_port text,
            terminal text, eta timestamptz, ata timestamptz, etd timestamptz, atd timestamptz)
        group by voyage
        order by voyage
      )
      update record.voyage v
      set vessel_name = greatest(v.vessel_name, n.vessel_name),
        registration = greatest(v.registration, n.registration),
        carrier = greatest(v.carrier, n.carrier),
        load_port = greatest(v.load_port, n.load_port),
        discharge_port = greatest(v.discharge_port, n.discharge_port),
        terminal = greatest(v.terminal, n.terminal),
        eta = greatest(v.eta, n.eta),
        ata = greatest(v.ata, n.ata),
        etd = greatest(v.etd, n.etd),
        atd = greatest(v.atd, n.atd)
      from newest n
      where v.key = n.voyage
      """;

  private static final String MANIFEST =
      """
      insert into record.manifest as m (document, sender, voyage, told, cleared)
      select document, told_source, voyage,
        (array_agg(row(told_at, told_rank, told_tie, 'told')::record.told_text
          order by told_at desc, told_rank desc, told_tie desc))[1],
        (array_agg(row(told_at, told_rank, told_tie, 'cleared')::record.told_text
          order by told_at desc, told_rank desc, told_tie desc) filter (where clears))[1]
      from json_to_recordset(?::json)
        as f(document text, told_source text, voyage text, clears boolean,
          told_at timestamptz, told_rank smallint, told_tie bigint)
      group by document, told_source, voyage
      order by document, told_source, voyage
      on conflict (document, sender, voyage) do update
      set told = greatest(m.told, excluded.told),
        cleared = greatest(m.cleared, excluded.cleared)
      """;
}
