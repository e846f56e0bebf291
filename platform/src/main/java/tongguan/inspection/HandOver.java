package tongguan.inspection;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch that went from one officer to another.
 *
 * @param items as JSON: a list of objects with {@code key} and, where there is one, {@code note}
 */
record HandOver(
    UUID id,
    UUID giver,
    String giverName,
    String receiverName,
    @Nullable String note,
    int count,
    String items,
    Instant givenAt) {}
