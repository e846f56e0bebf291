package tongguan.fleet.channel;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;

/**
 * What devices of a unit and a kind are told to be like.
 *
 * @param unit with those below it; null for all
 * @param kind null for all
 * @param interfaces names of {@link #INTERFACES} with words of {@link #RULES}; one that is not
 *     named is {@code lock}
 * @param idleSeconds 0 for never
 * @param position whether reports may say where the device is
 */
public record DevicePolicy(
    UUID id,
    @Nullable String unit,
    @Nullable String kind,
    Map<String, String> interfaces,
    int lockHours,
    int wipeDays,
    int idleSeconds,
    boolean position,
    long revision,
    Instant changedAt,
    String changedBy) {

  /** As stewards name them. */
  public static final List<String> INTERFACES =
      List.of(
          "network",
          "usb-storage",
          "usb-printer",
          "usb-other",
          "bluetooth",
          "wlan",
          "optical",
          "card-reader");

  /** Shut while the device is locked; never; always. */
  public static final Set<String> RULES = Set.of("lock", "open", "shut");

  public DevicePolicy {
    interfaces = Map.copyOf(interfaces);
  }

  /** The order that says it, as decision 010 has it. */
  String body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("revision", revision);
    body.put("interfaces", new TreeMap<>(interfaces));
    body.put("lockHours", lockHours);
    body.put("wipeDays", wipeDays);
    body.put("idleSeconds", idleSeconds);
    body.put("position", position);
    return Json.text(body);
  }
}
