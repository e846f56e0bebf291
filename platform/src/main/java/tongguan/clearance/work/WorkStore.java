package tongguan.clearance.work;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.base.Limits;
import tongguan.base.database.Sql;
import tongguan.record.key.DeclarationNumber;

/** SQL of work lists and of who looks after which declaration. */
final class WorkStore {
  static final String DUE = "clearance.due(d.next_step, d.waiting_for, d.last_step_at, d.duty)";

  /** Query parameters that narrow a list, with their conditions. */
  static final Map<String, String> FILTERS =
      Map.of(
          "channel", "d.channel = ?",
          "direction", "d.direction = ?",
          "next", "d.next_step = ?",
          "office", "d.office = ?");

  private final Connection connection;

  WorkStore(Connection connection) {
    this.connection = connection;
  }

  /**
   * One page of a view, and how much there is in each.
   *
   * @param items JSON objects
   * @param places where each stands: its deadline and its number
   * @param counts by view, no larger than {@link Limits#WORK_COUNTED}
   */
  record Page(List<String> items, List<List<String>> places, Map<View, Integer> counts) {}

  /**
   * Reads from where a page ended.
   *
   * @param filters by the names of {@link #FILTERS}
   * @param after a place; empty for the first page
   */
  Page page(Worker worker, View view, Map<String, String> filters, List<String> after, int limit)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(worker.sight().districts());
    values.add(worker.sight().clearance());
    values.add(worker.office());
    values.add(worker.account());
    values.add(worker.acts());
    values.add(worker.approves());
    values.add(Math.toIntExact(Limits.WORK_NEAR.toSeconds()));
    StringBuilder more = new StringBuilder();
    filters.forEach((name, value) -> {
      more.append("\n  and ").append(FILTERS.get(name));
      values.add(value);
    });
    if (!after.isEmpty()) {
      more.append("\n  and (%s, d.number) > (?::timestamptz, ?)".formatted(DUE));
      values.addAll(after);
    }
    values.add(limit + 1);
    String counts =
        Arrays.stream(View.values())
            .map(one ->
                "(select count(*) from (select %s limit %d) counted) as %s"
                    .formatted(from(one), Limits.WORK_COUNTED, one.code()))
            .collect(Collectors.joining(",\n  "));
    String sql =
        "with "
            + READER
            + ", page as (\n  select "
            + ITEM
            + from(view)
            + more
            + "\n  order by due, number limit ?)\n"
            + "select (select coalesce(array_agg(item order by due, number), '{}') from page) as items,\n"
            + "  (select coalesce(array_agg(coalesce(to_char(due at time zone 'UTC',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), 'infinity') order by due, number), '{}') from page) as dues,\n"
            + "  (select coalesce(array_agg(number order by due, number), '{}') from page) as numbers,\n  "
            + counts;
    return Sql.of(connection, sql, values.toArray()).first(WorkStore::page).orElseThrow();
  }

  private static final String READER =
      """
      q as not materialized (

        select ?::int as districts, ?::int as clearance, ?::text as office, ?::uuid as officer, ?::boolean as acts,
          ?::boolean as approves, ?::int * interval '1 second' as near)\
      """;

  private static final String ITEM =
      """
      json_object('key': d.number, 'declarationKind': d.declaration_kind, 'direction': d.direction,
        'office': d.office, 'trader': d.trader, 'channel': d.channel, 'phase': d.phase,
        'waitingFor': to_json(d.waiting_for), 'next': d.next_step, 'since': d.last_step_at,
        'dueAt': case when isfinite(%1$s) then %1$s end, 'officer': a.officer_name,
        'mine': coalesce(a.officer = q.officer, false) absent on null returning text) as item,
        %1$s as due, d.number\
      """
          .formatted(DUE);

  /**
   * Rides on {@code declaration_work}, in its order; what was given to one officer on {@code
   * assignment_of_officer}.
   */
  private static String from(View view) {
    return """

    from q
    cross join record.declaration d
    left join clearance.assignment a on a.declaration = d.number
    where d.phase in ('lodged', 'accepted', 'documents', 'examination', 'valuation', 'duty', 'ready')
      and d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      and %s\
    """
        .formatted(view.condition);
  }

  private static Page page(ResultSet row) throws SQLException {
    List<String> dues = Sql.texts(row, "dues");
    List<String> numbers = Sql.texts(row, "numbers");
    List<List<String>> places = new ArrayList<>();
    for (int i = 0; i < dues.size(); i++) {
      places.add(List.of(dues.get(i), numbers.get(i)));
    }
    Map<View, Integer> counts = new EnumMap<>(View.class);
    for (View view : View.values()) {
      counts.put(view, row.getInt(view.code()));
    }
    return new Page(Sql.texts(row, "items"), places, counts);
  }

  /** An open declaration and who has it. */
  record Held(int classification, @Nullable UUID officer, @Nullable String officerName) {}

  /** Empty where there is no open one that this reader may see; it stays as it is until the end. */
  Optional<Held> locked(DeclarationNumber number, Sight sight) throws SQLException {
    return Sql.of(connection, LOCKED, sight.districts(), sight.clearance(), number.value())
        .first(row ->
            new Held(
                row.getInt("classification"),
                row.getObject("officer", UUID.class),
                row.getString("officer_name")));
  }

  private static final String LOCKED =
      """
      select greatest(d.classification, d.raised) as classification, a.officer, a.officer_name
      from (select ?::int, ?::int) q(districts, clearance)
      join record.declaration d on d.number = ?
      left join clearance.assignment a on a.declaration = d.number
      where d.phase in ('lodged', 'accepted', 'documents', 'examination', 'valuation', 'duty', 'ready')
        and d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      for no key update of d
      """;

  void give(DeclarationNumber number, UUID officer, String name, String by) throws SQLException {
    int _ = Sql.of(connection, GIVE, number.value(), officer, name, by).update();
  }

  private static final String GIVE =
      """
      insert into clearance.assignment (declaration, officer, officer_name, given_by) values (?, ?, ?, ?)
      on conflict (declaration) do update
      set officer = excluded.officer, officer_name = excluded.officer_name, given_by = excluded.given_by,
        given_at = clock_timestamp()
      """;

  void free(DeclarationNumber number) throws SQLException {
    int _ =
        Sql.of(connection, "delete from clearance.assignment where declaration = ?", number.value())
            .update();
  }
}
