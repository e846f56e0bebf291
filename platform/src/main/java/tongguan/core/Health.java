package tongguan.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a core system is, as far as the last calls found out.
 *
 * @param lastContact when it last answered; null for not since this node started
 * @param away why the last call was not answered; null while all is well
 * @param resting whether it is left alone for a while, after failures in a row
 * @param alarm the last answer that was about something else than was asked; null for none
 */
public record Health(
    @Nullable Instant lastContact,
    @Nullable String away,
    boolean resting,
    @Nullable String alarm) {}
