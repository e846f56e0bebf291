package tongguan.dossier;

import tongguan.access.Sight;

/**
 * What of the records a reader may see, as conditions in SQL: the one place that says it. Each
 * expects the reader as {@code q(districts, clearance)} in the statement around it. What they leave
 * out does not exist for the reader, in answers, lists, counts, exports and links alike.
 *
 * <p>A voyage and a company are known to all: ships' calls and the register of companies are
 * public. A container or a seal is known to who may see anything that names it.
 */
public final class Seen {
  /** For what is worked out over all that names a record, seen or not. */
  public static final String ALL =
      "(q.districts = %d and q.clearance = %d)"
          .formatted(Sight.ALL.districts(), Sight.ALL.clearance());

  private Seen() {}

  /** For rows that have a district and no classification: movements, stowage, permits. */
  public static String here(String alias) {
    return "%s.districts & q.districts <> 0".formatted(alias);
  }

  /** For bills, declarations, examinations and bonded checks. */
  public static String row(String alias) {
    return "%1$s.districts & q.districts <> 0 and greatest(%1$s.classification, %1$s.raised) <= q.clearance"
        .formatted(alias);
  }

  /** An examination is as secret as the declaration that it belongs to. */
  public static String examination(String alias) {
    return row(alias)
        + """

          and not exists (
            select from record.declaration parent
            where parent.number = %s.declaration and not (%s))\
        """
            .formatted(alias, row("parent"));
  }

  /** For a container's number: something names it that the reader may see. */
  public static String container(String number) {
    return """
    (exists (select from record.movement seen where seen.container = %1$s and %2$s)
      or exists (
        select from record.bill_container link
        join record.bill seen on seen.key = link.bill and seen.voyage = link.voyage
        where link.container = %1$s and %3$s)
      or exists (
        select from record.declaration_container link
        join record.declaration seen on seen.number = link.declaration
        where link.container = %1$s and %3$s)
      or exists (select from record.stowage seen where seen.container = %1$s and %2$s)
      or exists (select from record.permit seen where seen.containers @> array[%1$s] and %2$s)
      or exists (select from record.examination seen where seen.containers @> array[%1$s] and %4$s)
      or exists (select from record.bonded_check seen where seen.containers @> array[%1$s] and %3$s))\
    """
        .formatted(number, here("seen"), row("seen"), examination("seen"));
  }

  /** For a seal on a container: someone saw it on an occasion that the reader may know of. */
  public static String seal(String alias) {
    return """
    (exists (
        select from record.movement seen
        where seen.container = %1$s.container and %1$s.number = any (seen.seals) and %2$s)
      or exists (
        select from record.bill_container link
        join record.bill seen on seen.key = link.bill and seen.voyage = link.voyage
        where link.container = %1$s.container and %1$s.number = any (link.seals) and %3$s))\
    """
        .formatted(alias, here("seen"), row("seen"));
  }
}
