package tongguan.dossier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.base.Limits;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;
import tongguan.record.key.Readings;
import tongguan.record.key.RecordKind;

/**
 * Everything around a piece of work, to be taken along: which dossiers it needs, and the dossiers
 * themselves. What its reader may not see is not counted either.
 */
public final class Gathering {
  private final Database database;
  private final DossierSql sql = new DossierSql();

  public Gathering(Database database) {
    this.database = database;
  }

  /** A record with a dossier of its own. */
  public record Subject(RecordKind kind, String key) {}

  /**
   * What a piece of work needs, the most wanted first.
   *
   * @param left so many more there are, which nobody gets
   */
  public record Subjects(Instant asOf, List<Subject> given, int left) {}

  /** A voyage, its declarations, containers and bills. */
  public Subjects voyage(String key, Sight sight, int most) {
    return subjects(VOYAGE, sight, key, most);
  }

  /**
   * Declarations whose goods wait to be examined, with their containers.
   *
   * @param office the one that received them; empty for every office that the reader sees
   */
  public Subjects examinations(String office, Sight sight, int most) {
    return subjects(EXAMINATIONS, sight, office, most);
  }

  /**
   * The containers that stand at a place, by the last that was heard of them, with their open
   * declarations.
   */
  public Subjects yard(String place, Sight sight, int most) {
    return subjects(YARD, sight, place, most);
  }

  private Subjects subjects(String sql, Sight sight, String key, int most) {
    return database.query(connection -> {
      List<Subject> found = new ArrayList<>();
      // One row is always there, so that the moment is told where nothing was found, too.
      record Row(Instant asOf, @Nullable Subject subject, int all) {}
      List<Row> rows =
          Sql.of(connection, sql, sight.districts(), sight.clearance(), key, most)
              .rows(row -> {
                String kind = row.getString("kind");
                return new Row(
                    Objects.requireNonNull(Sql.instant(row, "as_of")),
                    kind == null ? null : new Subject(kind(kind), row.getString("key")),
                    row.getInt("whole"));
              });
      rows.forEach(row -> {
        if (row.subject() != null) {
          found.add(row.subject());
        }
      });
      Row first = rows.getFirst();
      return new Subjects(first.asOf(), List.copyOf(found), first.all() - found.size());
    });
  }

  private static RecordKind kind(String code) {
    return switch (code) {
      case "voyage" -> RecordKind.VOYAGE;
      case "declaration" -> RecordKind.DECLARATION;
      case "container" -> RecordKind.CONTAINER;
      case "bill" -> RecordKind.BILL;
      default -> throw new IllegalArgumentException(code);
    };
  }

  /**
   * Hands each dossier over as JSON in UTF-8, some together in one statement; what has gone from
   * the reader's sight meanwhile is left out.
   */
  public void each(List<Subject> subjects, Sight sight, BiConsumer<Subject, byte[]> taker) {
    int from = 0;
    while (from < subjects.size()) {
      int to = from + 1;
      while (to < subjects.size()
          && to - from < Limits.LOOK_UPS_TOGETHER
          && subjects.get(to).kind() == subjects.get(from).kind()) {
        to++;
      }
      List<Subject> some = subjects.subList(from, to);
      List<DossierStore.Asked> asked =
          some.stream()
              .map(one -> new DossierStore.Asked(Readings.only(one.kind(), one.key()), sight))
              .toList();
      List<Optional<byte[]>> found =
          database.query(connection -> DossierStore.together(connection, sql, asked));
      for (int i = 0; i < found.size(); i++) {
        Subject subject = some.get(i);
        found.get(i).ifPresent(json -> taker.accept(subject, json));
      }
      from = to;
    }
  }

  /** Rows of (rank, kind, key), cut to what may be given, with the count of all. */
  private static final String CUT =
      """
      , ranked as (
        select distinct on (kind, key) rank, place, kind, key from wanted order by kind, key, rank, place
      )
      select clock_timestamp() as as_of, (select count(*) from ranked) as whole, given.kind, given.key
      from (values (1)) one
      left join (
        select r.* from ranked r order by r.rank, r.kind, r.place, r.key limit (select most from q)) given on true
      order by given.rank, given.kind, given.place, given.key
      """;

  private static final String READER =
      "with q as (select ?::int as districts, ?::int as clearance, ?::text as key, ?::int as most)";

  /**
   * On {@code declaration_by_voyage}, {@code bill_by_voyage}, {@code movement_by_voyage} and {@code
   * stowage_by_voyage}.
   */
  private static final String VOYAGE =
      READER
          + """
          , declarations as materialized (
            select d.number, d.phase from q join record.declaration d on d.voyage = q.key where %1$s
          ), bills as materialized (
            select b.key, b.voyage from q join record.bill b on b.voyage = q.key where %2$s
          ), boxes(number) as (
            select p.container from bills b
            join record.bill_container p on p.bill = b.key and p.voyage = b.voyage
            union
            select m.container from q join record.movement m on m.voyage = q.key where not m.cancelled and %3$s
            union
            select s.container from q join record.stowage s on s.voyage = q.key where %4$s
          ), wanted(rank, place, kind, key) as (
            select 1, '', 'voyage', v.key from q join record.voyage v on v.key = q.key
            union all
            select case when phase in ('out', 'rejected', 'withdrawn', 'seized', 'returned', 'lapsed') then 4
              else 2 end, phase, 'declaration', number from declarations
            union all
            select 3, '', 'container', number from boxes
            union all
            select 5, '', 'bill', key from bills
          )\
          """
              .formatted(Seen.row("d"), Seen.row("b"), Seen.here("m"), Seen.here("s"))
          + CUT;

  /** On {@code declaration_open}. */
  private static final String EXAMINATIONS =
      READER
          + """
          , due as materialized (
            select d.number, coalesce(to_char(d.lodged_at at time zone 'UTC', 'YYYYMMDDHH24MISS'), '') as place
            from q
            join record.declaration d on d.phase = 'examination' and d.phase not in ('out', 'released')
            where (q.key = '' or d.office = q.key) and %s
          ), wanted(rank, place, kind, key) as (
            select 1, place, 'declaration', number from due
            union all
            select 2, due.place, 'container', l.container
            from due join record.declaration_container l on l.declaration = due.number
          )\
          """
              .formatted(Seen.row("d"))
          + CUT;

  /** On {@code movement_by_place} and {@code movement_by_destination}. */
  private static final String YARD =
      READER
          + """
          , heard(container, at) as (
            select m.container, m.at from q join record.movement m on m.place = q.key
            where m.movement in ('discharge', 'gate-in', 'seal', 'unseal') and not m.cancelled and %1$s
            union all
            select m.container, m.at from q join record.movement m on m.place_to = q.key
            where m.movement = 'transfer' and not m.cancelled and %1$s
          ), boxes(number) as materialized (
            select h.container from heard h
            group by h.container
            having not exists (
              select from record.movement later
              cross join q
              where later.container = h.container and later.at > max(h.at) and not later.cancelled and %3$s)
          ), wanted(rank, place, kind, key) as (
            select 1, '', 'container', number from boxes
            union all
            select 2, '', 'declaration', d.number
            from q cross join boxes b
            join record.declaration_container l on l.container = b.number
            join record.declaration d on d.number = l.declaration
            where d.phase not in ('out', 'rejected', 'withdrawn', 'seized', 'returned', 'lapsed') and %2$s
          )\
          """
              .formatted(Seen.here("m"), Seen.row("d"), Seen.here("later"))
          + CUT;
}
