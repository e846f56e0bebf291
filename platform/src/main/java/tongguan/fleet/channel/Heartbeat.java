package tongguan.fleet.channel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.fleet.Mac;

/**
 * What a steward reports.
 *
 * @param lapsed whether it is locked only because it had not heard the platform for a lease
 * @param policy the revision in force; null where it does not say
 * @param carriedOut the highest number of an order that it had carried out when it was like this;
 *     null where it does not say
 * @param interfaces as it wrote them: name, state, detail
 * @param battery percent
 */
public record Heartbeat(
    String agent,
    boolean locked,
    boolean lapsed,
    boolean tampered,
    @Nullable Long policy,
    @Nullable Long carriedOut,
    List<Mac> macs,
    List<Map<String, String>> interfaces,
    @Nullable Integer battery,
    @Nullable Integer signalDbm,
    @Nullable Integer latencyMs,
    @Nullable Double latitude,
    @Nullable Double longitude) {

  public Heartbeat {
    macs = List.copyOf(macs);
    interfaces = List.copyOf(interfaces);
  }

  boolean measures() {
    return battery != null || signalDbm != null || latencyMs != null || latitude != null;
  }
}
