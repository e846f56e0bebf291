package tongguan.steward.enrol;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.Json;
import tongguan.steward.base.Texts;
import tongguan.steward.wire.PlatformAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The identity on disk: one file of mode 0600, replaced as a whole, so that key and certificate
 * always fit each other.
 */
public final class IdentityFile {
  private final DurableFile file;

  public IdentityFile(Path state) {
    file = new DurableFile(state.resolve("device.json"));
  }

  public DurableFile file() {
    return file;
  }

  /** Empty on a device that is not enrolled; throws for a file that cannot be understood. */
  public Optional<Identity> read() throws IOException {
    Optional<String> text = file.readText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(identity(Json.read(text.get())));
    } catch (Json.Malformed | GeneralSecurityException | IllegalArgumentException damaged) {
      throw new IOException(file.path() + " is damaged: enrol the device anew", damaged);
    }
  }

  private static Identity identity(JsonNode json) throws Json.Malformed, GeneralSecurityException {
    PlatformAddress platform = address(Json.text(json, "platform"));
    return new Identity(
        Json.text(json, "device"),
        platform,
        address(Json.text(json, "stream")),
        commandKey(Json.text(json, "commandKey")),
        Pem.certificates(Json.text(json, "authority")).getFirst(),
        Pem.certificates(Json.text(json, "certificate")),
        Pem.privateKey(Json.text(json, "key")));
  }

  private static PlatformAddress address(String url) throws Json.Malformed {
    return PlatformAddress.parse(url).orElseThrow(() -> new Json.Malformed("not an address"));
  }

  /** From the base64 of its SubjectPublicKeyInfo. */
  static PublicKey commandKey(String base64) throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new X509EncodedKeySpec(Texts.base64(base64)));
  }

  public void write(Identity identity) throws IOException {
    try {
      ObjectNode json = Json.object();
      json.put("device", identity.device());
      json.put("platform", identity.platform().url());
      json.put("stream", identity.stream().url());
      json.put(
          "commandKey", Base64.getEncoder().encodeToString(identity.commandKey().getEncoded()));
      json.put("authority", Pem.write("CERTIFICATE", identity.authority().getEncoded()));
      json.put("certificate", Pem.write(identity.chain()));
      json.put("key", Pem.write("PRIVATE KEY", identity.key().getEncoded()));
      file.write(Json.write(json));
    } catch (GeneralSecurityException neverWithLoadedCertificates) {
      throw new IOException(neverWithLoadedCertificates);
    }
  }
}
