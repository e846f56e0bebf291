package tongguan.dossier;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tongguan.record.key.Readings;
import tongguan.record.key.RecordKind;

/**
 * The one statement behind dossiers. For each look-up ({@code q}: the keys it may mean, and what
 * its reader may see) it finds what the key is ({@code hit}), walks from there to the containers,
 * bills, declarations and voyages around it ({@code c bills docs v}), and assembles the JSON that
 * goes to the wire. Its text is put together from the kinds that a key can be, so that a container
 * number is not looked for among permits.
 *
 * <p>It answers several look-ups at once, because starting its plan costs more than a look-up's
 * rows do (docs/benchmarks.md).
 *
 * <p>Parameters, each an array with an element for each look-up: the keys of each kind as the text
 * of a text array, in the order of {@link #columns}; the readers' districts; their clearances.
 */
final class DossierSql {
  private final Map<Set<RecordKind>, String> statements = new ConcurrentHashMap<>();

  /** What a kind adds to the sets: how it is found, and what of it is around it. */
  private record Part(
      String hit,
      String bills,
      String containers,
      String declarations,
      String voyages,
      String checks) {}

  private static final Map<RecordKind, Part> PARTS = new EnumMap<>(RecordKind.class);

  static {
    PARTS.put(
        RecordKind.CONTAINER,
        new Part(
            """
            select 'container' as kind, number as key from record.container
            where number = any (q.container::text[])\
            """,
            """
            select p.bill as key, p.voyage from hit join record.bill_container p on p.container = hit.key
            where hit.kind = 'container'\
            """,
            "select key as number from hit where kind = 'container'",
            """
            select l.declaration as number
            from hit join record.declaration_container l on l.container = hit.key
            where hit.kind = 'container'\
            """,
            """
            select s.voyage as key from hit join record.stowage s on s.container = hit.key
            where hit.kind = 'container' and %s
            union all
            select m.voyage from moves m
            where m.voyage is not null and exists (select from hit where kind = 'container')\
            """
                .formatted(Seen.here("s")),
            """
            select x.number from hit join record.bonded_check x on x.containers @> array[hit.key]
            where hit.kind = 'container'\
            """));
    PARTS.put(
        RecordKind.DECLARATION,
        new Part(
            """
            select 'declaration', x.number from record.declaration x
            where x.number = any (q.declaration::text[]) and %s\
            """
                .formatted(Seen.row("x")),
            """
            select b.key, b.voyage
            from hit
            join record.declaration_bill l on l.declaration = hit.key
            join record.bill b on b.key = l.bill
            where hit.kind = 'declaration'\
            """,
            """
            select l.container from hit join record.declaration_container l on l.declaration = hit.key
            where hit.kind = 'declaration'\
            """,
            "select key from hit where kind = 'declaration'",
            """
            select d.voyage from hit join record.declaration d on d.number = hit.key
            where hit.kind = 'declaration' and d.voyage is not null\
            """,
            """
            select x.number from hit join record.bonded_check x on x.declarations @> array[hit.key]
            where hit.kind = 'declaration'\
            """));
    PARTS.put(
        RecordKind.BILL,
        new Part(
            """
            (select distinct 'bill', x.key from record.bill x
            where (x.key = any (q.bill::text[]) or x.house = any (q.bill::text[])) and %s)\
            """
                .formatted(Seen.row("x")),
            """
            select b.key, b.voyage from hit join record.bill b on b.key = hit.key where hit.kind = 'bill'\
            """,
            """
            select p.container from hit join record.bill_container p on p.bill = hit.key
            where hit.kind = 'bill'\
            """,
            """
            select l.declaration from hit join record.declaration_bill l on l.bill = hit.key
            where hit.kind = 'bill'\
            """,
            "",
            ""));
    PARTS.put(
        RecordKind.VOYAGE,
        new Part(
            """
            select 'voyage', key from record.voyage where key = any (q.voyage::text[])
            union
            select 'voyage', key from record.voyage
            where registration is not null and (registration).value = any (q.registration::text[])\
            """,
            """
            (select b.key, b.voyage from hit join record.bill b on b.voyage = hit.key
            where hit.kind = 'voyage' and %s order by b.key limit 50)\
            """
                .formatted(Seen.row("b")),
            "",
            """
            (select d.number from hit join record.declaration d on d.voyage = hit.key
            where hit.kind = 'voyage' and %s limit 50)\
            """
                .formatted(Seen.row("d")),
            "select key from hit where kind = 'voyage'",
            ""));
    PARTS.put(
        RecordKind.PERMIT,
        new Part(
            """
            select 'permit', x.number from record.permit x
            where x.number = any (q.permit::text[]) and %s\
            """
                .formatted(Seen.here("x")),
            """
            select b.key, b.voyage
            from hit
            join record.permit p on p.number = hit.key
            join record.bill b on b.key = any (p.bills) and b.voyage = p.voyage
            where hit.kind = 'permit'\
            """,
            """
            select x.container from hit join record.permit p on p.number = hit.key, unnest(p.containers) as x(container)
            where hit.kind = 'permit'\
            """,
            "",
            "select p.voyage from hit join record.permit p on p.number = hit.key where hit.kind = 'permit'",
            ""));
    PARTS.put(
        RecordKind.SEAL,
        new Part(
            """
            select distinct 'seal', x.number from record.seal x
            where x.number = any (q.seal::text[]) and %s\
            """
                .formatted(Seen.seal("x")),
            """
            select p.bill, p.voyage
            from hit
            join record.seal s on s.number = hit.key
            join record.bill_container p on p.container = s.container and hit.key = any (p.seals)
            where hit.kind = 'seal'\
            """,
            """
            select s.container from hit join record.seal s on s.number = hit.key
            where hit.kind = 'seal' and %s\
            """
                .formatted(Seen.seal("s")),
            "",
            "",
            ""));
    PARTS.put(
        RecordKind.COMPANY,
        new Part(
            "select 'company', number from record.company where number = any (q.company::text[])",
            """
            (select b.key, b.voyage from hit join record.bill b on b.consignee_company = hit.key
            where hit.kind = 'company' and %s order by b.told_at desc limit 50)\
            """
                .formatted(Seen.row("b")),
            "",
            """
            (select d.number from hit join record.declaration d on d.trader_company = hit.key
            where hit.kind = 'company' and %s order by d.lodged_at desc nulls last limit 50)\
            """
                .formatted(Seen.row("d")),
            "",
            """
            (select x.number from hit join record.bonded_check x on x.company = hit.key
            where hit.kind = 'company' and %s order by x.told_at desc limit 51)\
            """
                .formatted(Seen.row("x"))));
    PARTS.put(
        RecordKind.EXAMINATION,
        new Part(
            """
            select 'examination', x.number from record.examination x
            where x.number = any (q.examination::text[]) and %s\
            """
                .formatted(Seen.examination("x")),
            "",
            """
            select x.container
            from hit join record.examination e on e.number = hit.key, unnest(e.containers) as x(container)
            where hit.kind = 'examination'\
            """,
            """
            select e.declaration from hit join record.examination e on e.number = hit.key
            where hit.kind = 'examination'\
            """,
            "",
            ""));
    PARTS.put(
        RecordKind.BONDED_CHECK,
        new Part(
            """
            select 'bonded-check', x.number from record.bonded_check x
            where x.number = any (q.bonded_check::text[]) and %s\
            """
                .formatted(Seen.row("x")),
            "",
            """
            select x.container
            from hit join record.bonded_check k on k.number = hit.key, unnest(k.containers) as x(container)
            where hit.kind = 'bonded-check'\
            """,
            """
            select x.declaration
            from hit join record.bonded_check k on k.number = hit.key, unnest(k.declarations) as x(declaration)
            where hit.kind = 'bonded-check'\
            """,
            "",
            "select key from hit where kind = 'bonded-check'"));
  }

  /** The statement for keys that may be of these kinds. */
  String statement(Set<RecordKind> kinds) {
    return statements.computeIfAbsent(Set.copyOf(kinds), DossierSql::compose);
  }

  private static String compose(Set<RecordKind> kinds) {
    return "select q.look_up as place, (\nwith hit(kind, key) as (\n"
        + union(kinds, Part::hit, TWO_COLUMNS)
        + "\n), near_bills(key, voyage) as (\n"
        + union(kinds, Part::bills, TWO_COLUMNS)
        + "\n), "
        + BILLS
        + ", c(number) as (\n"
        + union(kinds, Part::containers, ONE_COLUMN)
        + "\n), "
        + MOVES
        + ", near_declarations(number) as (\n"
        + all(kinds, Part::declarations)
        + (walksFromBills(kinds) ? DECLARATIONS_OF_BILLS : "")
        + "\n), "
        + DOCUMENTS
        + ", v(key) as (\n"
        + all(kinds, Part::voyages)
        + "\nunion all\nselect voyage from bills"
        + "\n), k(number) as (\n"
        + all(kinds, Part::checks)
        + "\n), "
        + FOUND
        + DossierJson.ASSEMBLE
        + ") as answer\nfrom unnest("
        + "?::text[], ".repeat(columns(kinds).size())
        + "?::int[], ?::smallint[]) with ordinality as q("
        + columns(kinds).stream().map(column -> column.name() + ", ").collect(Collectors.joining())
        + "districts, clearance, look_up)\n";
  }

  /** A column of {@code q}, and what a look-up has for it. */
  record Column(String name, Function<Readings, List<String>> keys) {}

  /** The columns of keys, in the order of their parameters. */
  static List<Column> columns(Set<RecordKind> kinds) {
    List<Column> columns = new ArrayList<>();
    for (RecordKind kind : RecordKind.values()) {
      if (kinds.contains(kind)) {
        columns.add(new Column(kind.code().replace('-', '_'), readings -> readings.keys(kind)));
      }
    }
    if (kinds.contains(RecordKind.VOYAGE)) {
      columns.add(new Column("registration", Readings::registrations));
    }
    return columns;
  }

  /** The bills around the key that the reader may see, whole, read once. */
  private static final String BILLS =
      """
      bills as materialized (
        select x.* from near_bills n join record.bill x on x.key = n.key and x.voyage = n.voyage
        where %s
      )\
      """
          .formatted(Seen.row("x"));

  private static final String MOVES =
      """
      moves as materialized (
        select m.* from record.movement m
        where m.container = any (array(select number from c)) and not m.cancelled and %s
        order by m.at desc
        limit 101
      )\
      """
          .formatted(Seen.here("m"));

  /**
   * What the key is, to the reader. Of a container that is asked last: mostly its movements, which
   * are read anyway, say it.
   */
  private static final String FOUND =
      """
      found as materialized (
        select kind, key from hit
        where kind <> 'container'
          or exists (select from moves m where m.container = hit.key)
          or %s
      )\
      """
          .formatted(Seen.container("hit.key"));

  private static final String DOCUMENTS =
      """
      docs as materialized (
        select x.* from record.declaration x where x.number = any (array(select number from near_declarations)) and %s
      )\
      """
          .formatted(Seen.row("x"));

  private static final String ONE_COLUMN = "select null::text where false";
  private static final String TWO_COLUMNS = "select null::text, null::text where false";

  private static final String DECLARATIONS_OF_BILLS =
      """

      union all
      select l.declaration from bills b join record.declaration_bill l on l.bill = b.key
      where exists (select from hit where kind in ('container', 'seal'))
      """;

  private static boolean walksFromBills(Set<RecordKind> kinds) {
    return kinds.contains(RecordKind.CONTAINER) || kinds.contains(RecordKind.SEAL);
  }

  /** Where it does not matter that one comes twice. */
  private static String all(Set<RecordKind> kinds, Function<Part, String> piece) {
    return joined(kinds, piece, "\nunion all\n", ONE_COLUMN);
  }

  private static String union(Set<RecordKind> kinds, Function<Part, String> piece, String nothing) {
    return joined(kinds, piece, "\nunion\n", nothing);
  }

  private static String joined(
      Set<RecordKind> kinds, Function<Part, String> piece, String between, String nothing) {
    String joined =
        PARTS.entrySet().stream()
            .filter(entry -> kinds.contains(entry.getKey()))
            .map(entry -> piece.apply(entry.getValue()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(between));
    return joined.isEmpty() ? nothing : joined;
  }
}
