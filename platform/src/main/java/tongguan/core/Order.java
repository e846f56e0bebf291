package tongguan.core;

import java.time.Instant;
import java.util.UUID;

/**
 * What an officer confirmed, for a core system to carry out.
 *
 * @param key by which the core system knows it again, however often it is sent
 * @param user the officer's name at that core system
 * @param values of the act, as JSON
 */
public record Order(
    UUID key, String user, String declaration, String act, String values, Instant confirmedAt) {}
