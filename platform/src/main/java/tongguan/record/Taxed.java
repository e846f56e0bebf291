package tongguan.record;

import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a declaration is valued, and whether duty is taken on it, by its direction and kind
 * (domain.md, "Declaration kinds").
 */
public enum Taxed {
  /** Foreign goods for use here, and everything that no other kind fits. */
  VALUED_AND_TAXED,
  /**
   * Into a bonded warehouse, a bonded factory or a free port zone: valued, and owes nothing yet.
   */
  VALUED_ONLY,
  /** Exports and transit. */
  NEITHER;

  private static final Set<String> INTO_BOND = Set.of("D8", "B6", "F1");
  static final Set<String> TRANSIT = Set.of("T1", "T2");

  public static Taxed of(@Nullable String direction, @Nullable String kind) {
    if ("export".equals(direction) || isTransit(kind)) {
      return NEITHER;
    }
    return kind != null && INTO_BOND.contains(kind) ? VALUED_ONLY : VALUED_AND_TAXED;
  }

  public static boolean isTransit(@Nullable String kind) {
    return kind != null && TRANSIT.contains(kind);
  }

  /** The same as SQL, over the columns {@code direction} and {@code declaration_kind} of d. */
  static final String IS_NOT_VALUED =
      "(d.direction is not distinct from 'export' or coalesce(d.declaration_kind in (%s), false))"
          .formatted(list(TRANSIT));

  static final String IS_NOT_TAXED =
      "(%s or coalesce(d.declaration_kind in (%s), false))"
          .formatted(IS_NOT_VALUED, list(INTO_BOND));

  private static String list(Set<String> kinds) {
    return kinds.stream().sorted().map(kind -> "'" + kind + "'").collect(Collectors.joining(", "));
  }
}
