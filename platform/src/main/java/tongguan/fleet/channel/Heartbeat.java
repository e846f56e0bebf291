package tongguan.fleet.channel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.fleet.Mac;

/**
 * What a steward reports.
 *
 * @param interfaces as it wrote them: name, state, detail
 * @param battery percent
 */
public record Heartbeat(
    String agent,
    boolean locked,
    boolean tampered,
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
