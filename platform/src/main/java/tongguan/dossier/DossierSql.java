package tongguan.dossier;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tongguan.record.key.RecordKind;

/**
 * The one statement behind a dossier. It finds what the key is ({@code hit}), walks from there to
 * the containers, bills, declarations and voyages around it ({@code c b d v}), and assembles the
 * JSON that goes to the wire. Its text is put together from the kinds that a key can be, so that a
 * container number is not looked for among permits.
 *
 * <p>Parameters: one text array per kind in the order of {@link RecordKind}, for voyages a second
 * one with registrations.
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
            select 'container' as kind, number as key from record.container where number = any (?::text[])\
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
            where hit.kind = 'container'
            union
            select m.voyage from hit join record.movement m on m.container = hit.key
            where hit.kind = 'container' and m.voyage is not null\
            """,
            """
            select x.number from hit join record.bonded_check x on x.containers @> array[hit.key]
            where hit.kind = 'container'\
            """));
    PARTS.put(
        RecordKind.DECLARATION,
        new Part(
            "select 'declaration', number from record.declaration where number = any (?::text[])",
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
            (select distinct 'bill', key from record.bill
            where key = any (?::text[]) or house = any (?::text[]))\
            """,
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
            select 'voyage', key from record.voyage where key = any (?::text[])
            union
            select 'voyage', key from record.voyage
            where registration is not null and (registration).value = any (?::text[])\
            """,
            """
            (select b.key, b.voyage from hit join record.bill b on b.voyage = hit.key
            where hit.kind = 'voyage' order by b.key limit 50)\
            """,
            "",
            """
            (select d.number from hit join record.declaration d on d.voyage = hit.key
            where hit.kind = 'voyage' limit 50)\
            """,
            "select key from hit where kind = 'voyage'",
            ""));
    PARTS.put(
        RecordKind.PERMIT,
        new Part(
            "select 'permit', number from record.permit where number = any (?::text[])",
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
            "select distinct 'seal', number from record.seal where number = any (?::text[])",
            """
            select p.bill, p.voyage
            from hit
            join record.seal s on s.number = hit.key
            join record.bill_container p on p.container = s.container and hit.key = any (p.seals)
            where hit.kind = 'seal'\
            """,
            "select s.container from hit join record.seal s on s.number = hit.key where hit.kind = 'seal'",
            "",
            "",
            ""));
    PARTS.put(
        RecordKind.COMPANY,
        new Part(
            "select 'company', number from record.company where number = any (?::text[])",
            """
            (select b.key, b.voyage from hit join record.bill b on b.consignee_company = hit.key
            where hit.kind = 'company' order by b.told_at desc limit 50)\
            """,
            "",
            """
            (select d.number from hit join record.declaration d on d.trader_company = hit.key
            where hit.kind = 'company' order by d.lodged_at desc nulls last limit 50)\
            """,
            "",
            """
            (select x.number from hit join record.bonded_check x on x.company = hit.key
            where hit.kind = 'company' order by x.told_at desc limit 51)\
            """));
    PARTS.put(
        RecordKind.EXAMINATION,
        new Part(
            "select 'examination', number from record.examination where number = any (?::text[])",
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
            "select 'bonded-check', number from record.bonded_check where number = any (?::text[])",
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
    return "with hit(kind, key) as (\n"
        + union(kinds, Part::hit, TWO_COLUMNS)
        + "\n), b(key, voyage) as (\n"
        + union(kinds, Part::bills, TWO_COLUMNS)
        + "\n), c(number) as (\n"
        + union(kinds, Part::containers, ONE_COLUMN)
        + "\n), d(number) as (\n"
        + union(kinds, Part::declarations, ONE_COLUMN)
        + (walksFromBills(kinds) ? DECLARATIONS_OF_BILLS : "")
        + "\n), v(key) as (\n"
        + union(kinds, Part::voyages, ONE_COLUMN)
        + "\nunion\nselect voyage from b"
        + "\n), k(number) as (\n"
        + union(kinds, Part::checks, ONE_COLUMN)
        + "\n)"
        + DossierJson.ASSEMBLE;
  }

  private static final String ONE_COLUMN = "select null::text where false";
  private static final String TWO_COLUMNS = "select null::text, null::text where false";

  private static final String DECLARATIONS_OF_BILLS =
      """

      union
      select l.declaration from b join record.declaration_bill l on l.bill = b.key
      where exists (select from hit where kind in ('container', 'seal'))
      """;

  private static boolean walksFromBills(Set<RecordKind> kinds) {
    return kinds.contains(RecordKind.CONTAINER) || kinds.contains(RecordKind.SEAL);
  }

  private static String union(Set<RecordKind> kinds, Function<Part, String> piece, String nothing) {
    String union =
        PARTS.entrySet().stream()
            .filter(entry -> kinds.contains(entry.getKey()))
            .map(entry -> piece.apply(entry.getValue()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\nunion\n"));
    return union.isEmpty() ? nothing : union;
  }
}
