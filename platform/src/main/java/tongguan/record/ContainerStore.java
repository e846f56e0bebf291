package tongguan.record;

import java.sql.Connection;
import java.sql.SQLException;

/** SQL of containers and their seals. */
final class ContainerStore {
  private final Connection transaction;

  ContainerStore(Connection transaction) {
    this.transaction = transaction;
  }

  void write(Batch batch) throws SQLException {
    Rows.write(transaction, NAME, batch.namedContainers);
    Rows.write(transaction, SEAL, batch.seals);
  }

  // A conflicting row is locked even where the condition then leaves it as it is. That lock is
  // wanted: movements and
  // declarations of one container are settled one after the other, so that neither misses the
  // other.
  private static final String NAME =
      """
      insert into record.container as c (number, check_digit, size_type, first_seen)
      select number, check_digit,
        (array_agg(row(told_at, told_rank, told_tie, size_type)::record.told_text
          order by told_at desc, told_rank desc, told_tie desc) filter (where size_type is not null))[1],
        min(told_at)
      from json_to_recordset(?::json)
        as f(number text, check_digit text, size_type text,
          told_at timestamptz, told_rank smallint, told_tie bigint)
      group by number, check_digit
      order by number
      on conflict (number) do update
      set size_type = greatest(c.size_type, excluded.size_type),
        first_seen = least(c.first_seen, excluded.first_seen)
      where excluded.size_type > c.size_type
        or (c.size_type is null and excluded.size_type is not null)
        or excluded.first_seen < c.first_seen
      """;

  private static final String SEAL =
      """
      insert into record.seal as s (number, container, seen_at)
      select number, container, max(seen_at)
      from json_to_recordset(?::json) as f(number text, container text, seen_at timestamptz)
      group by number, container
      order by number, container
      on conflict (number, container) do update
      set seen_at = excluded.seen_at
      where excluded.seen_at > s.seen_at
      """;
}
