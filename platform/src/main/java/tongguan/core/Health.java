package tongguan.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a core system is, as far as the last calls found out.
 *
 * @param lastContact when it last answered; null for not since this node started
 * @param away why it is left to rest; null while it is asked
 */
public record Health(@Nullable Instant lastContact, @Nullable String away) {}
