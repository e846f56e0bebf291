package tongguan.access.operation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import tongguan.access.Officer;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * The digest of exactly what was shown: operation, officer, session, device, parameters, input,
 * lines and the state behind them, each with its length before it, so that no two contents are
 * written alike.
 */
public final class Digest {
  private final MessageDigest sha;

  private Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static byte[] of(
      Operation operation,
      Officer officer,
      Map<String, String> parameters,
      JsonNode input,
      Draft draft) {
    Digest digest = new Digest();
    digest.add(operation.name());
    digest.add(officer.id());
    digest.add(officer.session().id().toString());
    digest.add(officer.session().device());
    digest.add(Json.text(new TreeMap<>(parameters)));
    digest.add(Json.text(input));
    digest.add(draft.title().zh());
    for (Draft.Line line : draft.lines()) {
      digest.add(line.label().zh());
      digest.add(line.value());
    }
    digest.add(draft.state());
    draft.report().ifPresent(report -> digest.add(Json.text(report.in(true))));
    return digest.sha.digest();
  }

  /** What tells one request from another under the same idempotency key. */
  static byte[] fingerprint(Operation operation, Map<String, String> parameters, JsonNode input) {
    Digest digest = new Digest();
    digest.add(operation.name());
    digest.add(Json.text(new TreeMap<>(parameters)));
    digest.add(Json.text(input));
    return digest.sha.digest();
  }

  /**
   * What a passkey signs: this one confirmation of this content, so that a signature from before
   * holds for nothing.
   */
  static byte[] signed(byte[] nonce, byte[] shown) {
    Digest digest = new Digest();
    digest.add("tongguan confirmation");
    digest.sha.update(nonce);
    digest.sha.update(shown);
    return digest.sha.digest();
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    sha.update(bytes);
  }
}
