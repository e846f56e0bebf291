package tongguan.access.source;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a request was proven to come from.
 *
 * @param device the device's id; empty for none
 * @param network the session on the private APN; empty for none
 */
public record Origin(String device, String network) {
  public static final Origin NONE = new Origin("", "");

  /** Of a request that may come from there. */
  public static Origin of(Facts facts) {
    Facts.Zone zone = facts.zone();
    Facts.Apn apn = facts.network();
    return new Origin(
        text(facts.deviceId().orElse(null)),
        zone != null && zone.apn() && apn != null ? text(apn.id()) : "");
  }

  private static String text(@Nullable UUID id) {
    return id == null ? "" : id.toString();
  }
}
