package tongguan.clearance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.base.database.Sql;
import tongguan.record.Channel;
import tongguan.record.key.DeclarationNumber;

/** SQL of the room: where a declaration stands, as the record has settled it. */
final class ClearanceStore {
  private final Connection connection;

  ClearanceStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Empty where there is none that this reader may see. One row by the primary key of each table.
   */
  Optional<Standing> standing(DeclarationNumber number, Sight sight) throws SQLException {
    return Sql.of(connection, STANDING, sight.districts(), sight.clearance(), number.value())
        .first(ClearanceStore::standing);
  }

  /** The same, and nothing moves the declaration before the end of the transaction. */
  Optional<Standing> locked(DeclarationNumber number, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            STANDING + "for no key update of d",
            sight.districts(),
            sight.clearance(),
            number.value())
        .first(ClearanceStore::standing);
  }

  /** Who has taken it on. */
  Optional<String> officer(DeclarationNumber number) throws SQLException {
    return Sql.of(
            connection,
            "select officer_name from clearance.assignment where declaration = ?",
            number.value())
        .first(row -> row.getString("officer_name"));
  }

  private static final String STANDING =
      """
      select d.direction, d.declaration_kind, coalesce(d.voyage like '%/____-__-__', false) as by_air, d.last_step_at,
        d.phase, d.channel, s.assigned, s.examined, s.valued,
        d.duty is not null as duty_assessed,
        coalesce((d.duty ->> 'settled')::boolean, false) as duty_settled,
        'hold' = any (d.waiting_for) or d.holds is not null as held,
        'correction' = any (d.waiting_for) as correcting
      from (select ?::int, ?::int) q(districts, clearance)
      join record.declaration d on d.number = ?
      cross join lateral (
        select
          coalesce(max(s.at) filter (where s.step = 'examination-assigned')
            > coalesce(max(s.at) filter (where s.step = 'examined'), '-infinity'), false) as assigned,
          coalesce(bool_or(s.step = 'examined'), false) as examined,
          coalesce(bool_or(s.step in ('valued', 'duty-assessed')), false) as valued
        from record.step s
        where s.declaration = d.number) s
      where d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      """;

  private static Standing standing(ResultSet row) throws SQLException {
    @Nullable String channel = row.getString("channel");
    return new Standing(
        Course.of(row.getString("direction"), row.getString("declaration_kind")),
        row.getBoolean("by_air"),
        Sql.instant(row, "last_step_at"),
        Phase.of(row.getString("phase")),
        channel == null ? null : Channel.valueOf(channel),
        row.getBoolean("assigned"),
        row.getBoolean("examined"),
        row.getBoolean("valued"),
        row.getBoolean("duty_assessed"),
        row.getBoolean("duty_settled"),
        row.getBoolean("held"),
        row.getBoolean("correcting"));
  }
}
