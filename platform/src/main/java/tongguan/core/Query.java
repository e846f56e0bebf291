package tongguan.core;

/**
 * What to look up.
 *
 * @param kind of record, as our own API names it: {@code declaration}
 * @param key its canonical form
 */
public record Query(String kind, String key) {}
