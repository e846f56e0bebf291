package tongguan.clearance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tongguan.record.Channel;

/**
 * All that decides which act may come next.
 *
 * @param lastStepAt of the newest step told: another one means that something happened meanwhile
 * @param assigned an examination is assigned and its result is not there yet
 * @param examined a result is there
 * @param flagged it was flagged, and neither was it inspected since then, nor was the flag lifted
 */
public record Standing(
    Course course,
    boolean byAir,
    @Nullable Instant lastStepAt,
    Phase phase,
    @Nullable Channel channel,
    boolean assigned,
    boolean examined,
    boolean valued,
    boolean dutyAssessed,
    boolean dutySettled,
    boolean held,
    boolean correcting,
    boolean flagged) {}
