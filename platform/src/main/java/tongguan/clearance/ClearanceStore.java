package tongguan.clearance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Empty where there is none that this reader may see. */
  Optional<Standing> standing(DeclarationNumber number, Sight sight) throws SQLException {
    return Optional.ofNullable(standings(List.of(number.value()), sight).get(number.value()));
  }

  /** Of all of these that the reader may see. */
  Map<String, Standing> standings(List<String> numbers, Sight sight) throws SQLException {
    Map<String, Standing> found = new LinkedHashMap<>();
    Sql.of(connection, STANDINGS, sight.districts(), sight.clearance(), numbers)
        .rows(row -> found.put(row.getString("number"), standing(row)));
    return found;
  }

  /**
   * The same, and nothing moves the declaration before the end of the transaction. Two statements,
   * because one that waits for the lock still sees the steps and commands of before its wait.
   */
  Optional<Standing> locked(DeclarationNumber number, Sight sight) throws SQLException {
    return Optional.ofNullable(locked(List.of(number.value()), sight).get(number.value()));
  }

  /** The same for many, locked in one order. */
  Map<String, Standing> locked(List<String> numbers, Sight sight) throws SQLException {
    boolean _ = Sql.of(connection, LOCK, numbers).exists();
    return standings(numbers, sight);
  }

  private static final String LOCK =
      """
      select from record.declaration where number = any (?::text[]) order by number for no key update
      """;

  // The primary keys of declaration and step, record.examination_by_declaration and
  // clearance.command_of_declaration: a few rows of each declaration.
  private static final String STANDINGS =
      """
      select d.number, d.direction, d.declaration_kind, coalesce(d.voyage like '%/____-__-__', false) as by_air,
        d.last_step_at, d.phase, d.channel,
        coalesce(s.documents_asked > coalesce(s.documents_reviewed, '-infinity'), false) as documents_open,
        coalesce(greatest(s.assigned, e.assigned) > coalesce(s.examined, '-infinity'), false)
          or coalesce(e.goes_on, false) as assigned,
        s.examined is not null as examined,
        coalesce(s.examined > s.valued, false) as reexamined,
        coalesce(s.valued > coalesce(s.granted, '-infinity'), false) as valued,
        a.assessed as duty_assessed,
        a.assessed and coalesce(s.settled >= s.assessed, false) as duty_settled,
        'hold' = any (d.waiting_for) or d.holds is not null as held,
        'correction' = any (d.waiting_for) as correcting,
        coalesce(s.appealed > coalesce(s.decided, '-infinity'), false) as appealing,
        coalesce(s.granted > coalesce(s.assessed, '-infinity'), false) as reopened,
        coalesce(c.hold_coming, false) as hold_coming,
        coalesce(c.pending, false) as pending,
        coalesce(c.told_later, false) as told_later,
        exists (
          select from clearance.command f
          where f.declaration = d.number and f.act = 'flag' and clearance.flag_outcome(f) is null) as flagged
      from (select ?::int, ?::int, ?::text[]) q(districts, clearance, numbers)
      join record.declaration d on d.number = any (q.numbers)
      cross join lateral (
        select
          max(s.at) filter (where s.step = 'documents-asked') as documents_asked,
          max(s.at) filter (where s.step = 'documents-reviewed') as documents_reviewed,
          max(s.at) filter (where s.step = 'examination-assigned') as assigned,
          max(s.at) filter (where s.step = 'examined') as examined,
          max(s.at) filter (where s.step in ('valued', 'duty-assessed')) as valued,
          max(s.at) filter (where s.step = 'valued') as only_valued,
          max(s.at) filter (where s.step = 'duty-assessed') as assessed,
          max(s.at) filter (where s.step in ('duty-paid', 'guaranteed')) as settled,
          max(s.at) filter (where s.step = 'appealed') as appealed,
          max(s.at) filter (where s.step in ('appeal-dismissed', 'appeal-granted')) as decided,
          max(s.at) filter (where s.step = 'appeal-granted') as granted
        from record.step s
        where s.declaration = d.number) s
      cross join lateral (
        select
          max(e.told_at) filter (where e.result = 'assigned') as assigned,
          (array_agg(e.result order by e.told_at desc, e.number desc))[1] in ('more', 'seized') as goes_on
        from record.examination e
        where e.declaration = d.number and not e.cancelled) e
      cross join lateral (
        select
          bool_or(c.act in ('hold', 'seize')) as hold_coming,
          bool_or(c.act not in ('hold', 'seize', 'flag', 'lift-flag') and c.state <> 'done') as pending,
          bool_or(c.act not in ('hold', 'seize', 'flag', 'lift-flag') and c.state = 'done') as told_later
        from clearance.command c
        where c.declaration = d.number
          and (c.state in ('waiting', 'sending', 'sent', 'unknown', 'parked')
            or c.state = 'done' and c.steps_before >= (
              select count(*) from record.step s where s.declaration = c.declaration and s.step = c.step))) c
      cross join lateral (
        select coalesce(s.assessed > coalesce(s.granted, '-infinity')
          and s.assessed >= coalesce(s.only_valued, '-infinity'), false) as assessed) a
      where d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      """;

  /**
   * What a page tells beside where it stands.
   *
   * @param holds open ones, a JSON list
   * @param officer who has taken it on; null for nobody
   */
  record About(String holds, @Nullable String officer) {
    static final About NOTHING = new About("[]", null);
  }

  /** Of each of these declarations, by the primary keys of both tables. */
  Map<String, About> abouts(Collection<String> numbers) throws SQLException {
    Map<String, About> found = new LinkedHashMap<>();
    Sql.of(connection, ABOUTS, List.copyOf(numbers))
        .rows(row ->
            found.put(
                row.getString("number"),
                new About(row.getString("holds"), row.getString("officer_name"))));
    return found;
  }

  private static final String ABOUTS =
      """
      select d.number, coalesce(d.holds, '[]')::text as holds, a.officer_name
      from record.declaration d
      left join clearance.assignment a on a.declaration = d.number
      where d.number = any (?::text[])
      """;

  private static Standing standing(ResultSet row) throws SQLException {
    @Nullable String channel = row.getString("channel");
    return new Standing(
        Course.of(row.getString("direction"), row.getString("declaration_kind")),
        row.getBoolean("by_air"),
        Sql.instant(row, "last_step_at"),
        Phase.of(row.getString("phase")),
        channel == null ? null : Channel.valueOf(channel),
        row.getBoolean("documents_open"),
        row.getBoolean("assigned"),
        row.getBoolean("examined"),
        row.getBoolean("reexamined"),
        row.getBoolean("valued"),
        row.getBoolean("duty_assessed"),
        row.getBoolean("duty_settled"),
        row.getBoolean("held"),
        row.getBoolean("correcting"),
        row.getBoolean("appealing"),
        row.getBoolean("reopened"),
        row.getBoolean("hold_coming"),
        row.getBoolean("pending"),
        row.getBoolean("told_later"),
        row.getBoolean("flagged"));
  }
}
