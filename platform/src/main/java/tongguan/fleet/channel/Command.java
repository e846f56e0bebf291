package tongguan.fleet.channel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Json;
import tongguan.fleet.authority.Digests;

/**
 * What a device is told to do, as it is signed and sent.
 *
 * @param number rises strictly for each device
 * @param body JSON text; what is signed is this text
 * @param endsAt after which it is not to be carried out; null for never; in whole seconds
 */
public record Command(
    UUID device,
    long number,
    String kind,
    String body,
    @Nullable Instant endsAt,
    byte[] signature) {
  static final String WIPE = "wipe";
  static final String LOCK = "lock";
  static final String UNLOCK = "unlock";
  static final String POLICY = "policy";

  boolean isWipe() {
    return kind.equals(WIPE);
  }

  /** What the platform signs (decision 010). */
  static byte[] toSign(
      UUID device, long number, String kind, String body, @Nullable Instant endsAt) {
    return String.join(
            "\n",
            "tongguan-command-v1",
            device.toString(),
            Long.toString(number),
            kind,
            Digests.hex(body),
            endsAt == null ? "" : endsAt.toString())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** As it goes over the stream. */
  public String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", device);
    json.put("number", number);
    json.put("kind", kind);
    json.put("body", body);
    if (endsAt != null) {
      json.put("endsAt", endsAt.toString());
    }
    json.put("signature", Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    return Json.text(json);
  }
}
