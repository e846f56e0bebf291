package tongguan.clearance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.base.database.Sql;
import tongguan.record.Channel;
import tongguan.record.key.DeclarationNumber;

/** SQL of the room: where declarations stand, as the record has settled it. */
final class ClearanceStore {
  private final Connection connection;

  ClearanceStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * Empty where there is none that this reader may see. One row by the primary key of each table.
   */
  Optional<Standing> standing(DeclarationNumber number, Sight sight) throws SQLException {
    return Optional.ofNullable(standings(List.of(number.value()), sight).get(number.value()));
  }

  /** The same, and nothing moves the declaration before the end of the transaction. */
  Optional<Standing> locked(DeclarationNumber number, Sight sight) throws SQLException {
    return Optional.ofNullable(locked(List.of(number.value()), sight).get(number.value()));
  }

  /**
   * The same for many: one statement that locks them, in one order, and one that reads. It cannot
   * be one alone: a statement that waited for a lock still sees other tables as they were before,
   * and would miss the flag or the step that the other transaction left there.
   */
  Map<String, Standing> locked(List<String> numbers, Sight sight) throws SQLException {
    boolean _ = Sql.of(connection, LOCK, numbers).exists();
    return standings(numbers, sight);
  }

  private static final String LOCK =
      """
      select from record.declaration where number = any (?::text[]) order by number for no key update
      """;

  private Map<String, Standing> standings(List<String> numbers, Sight sight) throws SQLException {
    record Row(String number, Standing standing) {}
    Map<String, Standing> found = new LinkedHashMap<>();
    for (Row row :
        Sql.of(connection, STANDING, sight.districts(), sight.clearance(), numbers)
            .rows(row -> new Row(row.getString("number"), standing(row)))) {
      found.put(row.number(), row.standing());
    }
    return found;
  }

  private static final String STANDING =
      """
      select d.number, d.direction, d.declaration_kind, coalesce(d.voyage like '%/____-__-__', false) as by_air, d.last_step_at,
        d.phase, d.channel, s.assigned, s.examined, s.valued,
        d.duty is not null as duty_assessed,
        coalesce((d.duty ->> 'settled')::boolean, false) as duty_settled,
        'hold' = any (d.waiting_for) or d.holds is not null as held,
        'correction' = any (d.waiting_for) as correcting,
        exists (
          select from clearance.command c
          where c.declaration = d.number and c.act = 'flag' and clearance.flag_outcome(c) is null) as flagged
      from (select ?::int, ?::int) q(districts, clearance)
      join record.declaration d on d.number = any (?::text[])
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
        row.getBoolean("correcting"),
        row.getBoolean("flagged"));
  }
}
