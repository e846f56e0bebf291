package tongguan.fleet;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A SIM as the registry has it.
 *
 * @param address its own on the private APN
 * @param district of its unit; null for headquarters'
 * @param device in which it sits; null where in none
 */
public record Sim(
    UUID id,
    String iccid,
    String imsi,
    String msisdn,
    String address,
    String unit,
    @Nullable String district,
    SimState state,
    @Nullable UUID device,
    @Nullable String deviceSerial,
    int version) {}
