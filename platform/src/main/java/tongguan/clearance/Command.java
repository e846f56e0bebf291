package tongguan.clearance;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an officer confirmed and a core system carries out.
 *
 * @param input the values of the act, as JSON
 * @param system the core system that it is for
 * @param coreUser the officer's name at that core system
 * @param code the core system's reason, unchanged
 * @param uncertain whether it may ever have arrived there
 */
public record Command(
    UUID id,
    String declaration,
    Act act,
    String input,
    String system,
    UUID officer,
    String officerName,
    String coreUser,
    Instant confirmedAt,
    CommandState state,
    int attempts,
    @Nullable Instant answeredAt,
    @Nullable String reference,
    @Nullable String code,
    @Nullable String answer,
    boolean uncertain) {}
