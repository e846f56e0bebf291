package tongguan.record;

import java.sql.Connection;
import java.sql.SQLException;

/** SQL of bills, what they have in which container, and the bay plan. */
final class BillStore {
  private final Connection transaction;

  BillStore(Connection transaction) {
    this.transaction = transaction;
  }

  void write(Batch batch) throws SQLException {
    Rows.write(transaction, STATE, batch.bills.stream().map(BillRow::of).toList());
    Rows.writeKeys(transaction, UNPACK_OLDER, batch.billKeys());
    Rows.write(transaction, STOW, batch.stowages);
  }

  /** A bill with its key in parts. */
  private record BillRow(
      String master, @org.jspecify.annotations.Nullable String house, Fact.Bill fact) {
    static BillRow of(Fact.Bill fact) {
      return new BillRow(fact.bill().master(), fact.bill().house(), fact);
    }
  }

  // The newest statement of a bill replaces an older one whole; what it packs is written only where
  // it won, so that
  // the boxes of an older statement that arrives late never appear.
  private static final String STATE =
      """
      with told as (
        select distinct on (f.bill, f.voyage) r.master, r.house, f.*
        from json_to_recordset(?::json) as r(master text, house text, fact json),
          json_to_record(r.fact)
          as f(bill text, voyage text, document text, told_source text, cancelled boolean, goods text,
            packages integer, package_unit text, gross_kg numeric, consignor text, consignee text,
            consignee_company text, notify_party text, load_port text, discharge_port text,
            place_of_delivery text, dangerous jsonb, packed json,
            told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid)
        order by f.bill, f.voyage, told_at desc, told_rank desc, told_tie desc
      ), won as (
        insert into record.bill as b (key, voyage, master, house, document, sender, cancelled, goods, packages,
          package_unit, gross_kg, consignor, consignee, consignee_company, notify_party, load_port,
          discharge_port, place_of_delivery, dangerous, told_at, told_rank, told_tie, message)
        select bill, voyage, master, house, document, told_source, cancelled, goods, packages,
          package_unit, gross_kg, consignor, consignee, consignee_company, notify_party, load_port,
          discharge_port, place_of_delivery, nullif(dangerous, '[]'), told_at, told_rank, told_tie,
          told_message
        from told
        on conflict (key, voyage) do update
        set document = excluded.document, sender = excluded.sender, cancelled = excluded.cancelled,
          goods = excluded.goods, packages = excluded.packages, package_unit = excluded.package_unit,
          gross_kg = excluded.gross_kg, consignor = excluded.consignor, consignee = excluded.consignee,
          consignee_company = excluded.consignee_company, notify_party = excluded.notify_party,
          load_port = excluded.load_port, discharge_port = excluded.discharge_port,
          place_of_delivery = excluded.place_of_delivery, dangerous = excluded.dangerous,
          told_at = excluded.told_at, told_rank = excluded.told_rank, told_tie = excluded.told_tie,
          message = excluded.message
        where (excluded.told_at, excluded.told_rank, excluded.told_tie)
          > (b.told_at, b.told_rank, b.told_tie)
        returning b.key, b.voyage
      )
      insert into record.bill_container as p (bill, voyage, container, full_load, packages, gross_kg, seals,
        told_at, told_rank, told_tie)
      select distinct on (x.container, told.bill, told.voyage)
        told.bill, told.voyage, x.container, x."full", x.packages, x.gross_kg, x.seals,
        told.told_at, told.told_rank, told.told_tie
      from won
      join told on told.bill = won.key and told.voyage = won.voyage,
        json_to_recordset(told.packed)
        as x(container text, "full" boolean, packages integer, gross_kg numeric, seals text[])
      order by x.container, told.bill, told.voyage, x.packages desc nulls last
      on conflict (container, bill, voyage) do update
      set full_load = excluded.full_load, packages = excluded.packages, gross_kg = excluded.gross_kg,
        seals = excluded.seals, told_at = excluded.told_at, told_rank = excluded.told_rank,
        told_tie = excluded.told_tie
      """;

  private static final String UNPACK_OLDER =
      """
      delete from record.bill_container p
      using unnest(?::text[], ?::text[]) as k(bill, voyage)
      join record.bill b on b.key = k.bill and b.voyage = k.voyage
      where p.bill = k.bill and p.voyage = k.voyage
        and (p.told_at, p.told_rank, p.told_tie) < (b.told_at, b.told_rank, b.told_tie)
      """;

  // A manifest's empties are on the ship, too, but only a bay plan knows their cells: its word
  // stays, whenever it came.
  private static final String STOW =
      """
      insert into record.stowage as s (voyage, container, cell, load_port, discharge_port, full_load, gross_kg,
        told_at, told_rank, told_tie, message)
      select distinct on (container, voyage)
        voyage, container, cell, load_port, discharge_port, "full", gross_kg,
        told_at, told_rank, told_tie, told_message
      from json_to_recordset(?::json)
        as f(voyage text, container text, cell text, load_port text, discharge_port text, "full" boolean,
          gross_kg numeric, told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid)
      order by container, voyage, cell is not null desc, told_at desc, told_rank desc, told_tie desc
      on conflict (container, voyage) do update
      set cell = excluded.cell, load_port = excluded.load_port, discharge_port = excluded.discharge_port,
        full_load = excluded.full_load, gross_kg = excluded.gross_kg, told_at = excluded.told_at,
        told_rank = excluded.told_rank, told_tie = excluded.told_tie, message = excluded.message
      where (excluded.cell is not null, excluded.told_at, excluded.told_rank, excluded.told_tie)
        > (s.cell is not null, s.told_at, s.told_rank, s.told_tie)
      """;
}
