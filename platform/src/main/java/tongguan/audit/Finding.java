package tongguan.audit;

/**
 * Something in the log that is not as it was written.
 *
 * @param place the place in the order of the log; 0 is the first entry
 * @param entry the entry's id, or empty where nobody knows it any more
 * @param table where the change is
 */
record Finding(Kind kind, long place, String entry, String table, String what) {
  enum Kind {
    CHANGED,
    DELETED,
    INSERTED,
    REORDERED,
    TRUNCATED,
    FORKED,
    FORGED
  }

  @Override
  public String toString() {
    return "%s at place %d%s in %s: %s"
        .formatted(
            kind.name().toLowerCase(java.util.Locale.ROOT),
            place,
            entry.isEmpty() ? "" : " (entry " + entry + ")",
            table,
            what);
  }
}
