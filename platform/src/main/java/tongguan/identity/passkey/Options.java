package tongguan.identity.passkey;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.base.Limits;

/** What the browser is told, in the JSON that WebAuthn §5.1.8 and §5.1.9 read. */
final class Options {
  private Options() {}

  static Map<String, Object> creation(
      byte[] challenge,
      UUID account,
      String loginName,
      String displayName,
      Site site,
      List<byte[]> there) {
    return Map.of(
        "rp",
        Map.of("id", site.host(), "name", "Tongguan"),
        "user",
        Map.of("id", text(handle(account)), "name", loginName, "displayName", displayName),
        "challenge",
        text(challenge),
        "pubKeyCredParams",
        List.of(Map.of("type", "public-key", "alg", -7), Map.of("type", "public-key", "alg", -257)),
        "timeout",
        Limits.PASSKEY_CHALLENGE_LIFE.toMillis(),
        "attestation",
        "none",
        "excludeCredentials",
        credentials(there),
        "authenticatorSelection",
        Map.of(
            "residentKey", "required", "requireResidentKey", true, "userVerification", "required"));
  }

  static Map<String, Object> request(byte[] challenge, Site site, List<byte[]> there) {
    return Map.of(
        "rpId",
        site.host(),
        "challenge",
        text(challenge),
        "timeout",
        Limits.PASSKEY_CHALLENGE_LIFE.toMillis(),
        "userVerification",
        "required",
        "allowCredentials",
        credentials(there));
  }

  private static List<Map<String, Object>> credentials(List<byte[]> ids) {
    return ids.stream()
        .map(id -> Map.<String, Object>of("type", "public-key", "id", text(id)))
        .toList();
  }

  /** What the authenticator keeps of the account: its id and nothing that means something. */
  static byte[] handle(UUID account) {
    return ByteBuffer.allocate(16)
        .putLong(account.getMostSignificantBits())
        .putLong(account.getLeastSignificantBits())
        .array();
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
