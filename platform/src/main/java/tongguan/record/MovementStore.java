package tongguan.record;

import java.sql.Connection;
import java.sql.SQLException;

/** SQL of container movements. */
final class MovementStore {
  private final Connection transaction;

  MovementStore(Connection transaction) {
    this.transaction = transaction;
  }

  void write(Batch batch) throws SQLException {
    Rows.write(transaction, TELL, batch.movements);
  }

  private static final String TELL =
      """
      insert into record.movement as m (container, at, movement, place, place_to, full_load, gross_kg, seals,
        voyage, bill, declaration, truck, cancelled, source, told_at, told_rank, told_tie, message)
      select distinct on (container, at, movement, place)
        container, at, movement, place, place_to, "full", gross_kg, nullif(seals, '{}'),
        voyage, bill, declaration, truck, cancelled, told_source, told_at, told_rank, told_tie,
        told_message
      from json_to_recordset(?::json)
        as f(container text, at timestamptz, movement text, place text, place_to text, "full" boolean,
          gross_kg numeric, seals text[], voyage text, bill text, declaration text, truck text,
          cancelled boolean, told_source text,
          told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid)
      order by container, at, movement, place, told_at desc, told_rank desc, told_tie desc
      on conflict (container, at, movement, place) do update
      set place_to = excluded.place_to, full_load = excluded.full_load, gross_kg = excluded.gross_kg,
        seals = excluded.seals, voyage = excluded.voyage, bill = excluded.bill,
        declaration = excluded.declaration, truck = excluded.truck, cancelled = excluded.cancelled,
        source = excluded.source, told_at = excluded.told_at, told_rank = excluded.told_rank,
        told_tie = excluded.told_tie, message = excluded.message
      where (excluded.told_at, excluded.told_rank, excluded.told_tie)
        > (m.told_at, m.told_rank, m.told_tie)
      """;
}
