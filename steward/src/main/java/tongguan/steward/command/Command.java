package tongguan.steward.command;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tongguan.steward.base.Json;
import tongguan.steward.base.Texts;
import tools.jackson.databind.JsonNode;

/**
 * A command as it came. {@code body} is the text that was signed; {@code endsAt} is empty for one
 * that may be carried out whenever it arrives.
 */
public record Command(
    String device, long number, String kind, String body, String endsAt, String signature) {

  /** The body may be written as JSON or as a text that holds JSON; signed is what stands there. */
  static Command parse(String data) throws Json.Malformed {
    JsonNode json = Json.read(data);
    JsonNode body = json.path("body");
    return new Command(
        Json.text(json, "device"),
        Json.number(json, "number"),
        Json.text(json, "kind"),
        body.isString() ? body.stringValue() : Json.raw(data, "body"),
        json.hasNonNull("endsAt") ? Json.text(json, "endsAt") : "",
        Json.text(json, "signature"));
  }

  boolean isSignedBy(PublicKey platform) {
    String signed =
        String.join(
            "\n",
            "tongguan-command-v1",
            device,
            Long.toString(number),
            kind,
            Texts.sha256(body),
            endsAt);
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(platform);
      verifier.update(signed.getBytes(StandardCharsets.UTF_8));
      return verifier.verify(Texts.base64(signature));
    } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
      return false;
    }
  }

  /** Empty if it has no end or what stands there is no time. */
  Optional<Instant> end() {
    try {
      return endsAt.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(endsAt));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
