package tongguan.core;

import java.time.Instant;
import java.util.UUID;

/**
 * One act that an officer confirmed, to be carried out exactly once.
 *
 * @param key ours; the same order has the same key however often it is sent
 * @param officer the name at that core system of the officer on whose behalf it is sent
 * @param declaration its number in canonical form
 * @param act the word for it, as {@code release}
 * @param values what goes with the act, a JSON object
 * @param confirmedAt when the officer confirmed it
 */
public record Order(
    UUID key, String officer, String declaration, String act, String values, Instant confirmedAt) {}
