package tongguan.access;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A security key written for tests after WebAuthn Level 3, sections 6.1 and 6.5, without the
 * library that the platform checks with. What it claims can be falsified member by member.
 */
final class Authenticator {
  private static final int USER_PRESENT = 0x01;
  private static final int USER_VERIFIED = 0x04;
  private static final int HAS_KEY = 0x40;

  private final KeyPair keys = newKeys();
  private final byte[] credential =
      UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
  private byte[] userHandle = {};

  /** What it will claim; the true values stand here until a test changes them. */
  String origin;

  String host = "127.0.0.1";
  boolean verifiesUser = true;
  boolean signsSomethingElse;

  /** Counts each signature; the next one must be higher. */
  int count;

  Authenticator(String origin) {
    this.origin = origin;
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Answers the platform's wish for a new passkey. */
  Map<String, Object> create(JsonNode options) {
    userHandle = bytes(options.at("/user/id").stringValue());
    byte[] data = join(data(HAS_KEY), new byte[16], length(credential), credential, coseKey());
    byte[] attestation =
        join(
            new byte[] {(byte) 0xa3},
            text("fmt"),
            text("none"),
            text("attStmt"),
            new byte[] {(byte) 0xa0},
            text("authData"),
            new byte[] {0x58, (byte) data.length},
            data);
    Map<String, Object> response = new LinkedHashMap<>();
    response.put(
        "clientDataJSON", base64(clientData("webauthn.create", options.path("challenge"))));
    response.put("attestationObject", base64(attestation));
    return credential(response);
  }

  /** Answers the platform's wish for a proof. */
  Map<String, Object> prove(JsonNode options) {
    byte[] clientData = clientData("webauthn.get", options.path("challenge"));
    count++;
    byte[] data = data(0);
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("clientDataJSON", base64(clientData));
    response.put("authenticatorData", base64(data));
    response.put(
        "signature",
        base64(sign(signsSomethingElse ? clientData : join(data, sha256(clientData)))));
    response.put("userHandle", base64(userHandle));
    return credential(response);
  }

  /** Claims to belong to another account. */
  void claim(UUID account) {
    userHandle =
        ByteBuffer.allocate(16)
            .putLong(account.getMostSignificantBits())
            .putLong(account.getLeastSignificantBits())
            .array();
  }

  private Map<String, Object> credential(Map<String, Object> response) {
    Map<String, Object> credential = new LinkedHashMap<>();
    credential.put("id", base64(this.credential));
    credential.put("rawId", base64(this.credential));
    credential.put("type", "public-key");
    credential.put("response", response);
    credential.put("clientExtensionResults", Map.of());
    return credential;
  }

  private byte[] clientData(String type, JsonNode challenge) {
    return ("{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}")
        .formatted(type, challenge.stringValue(), origin)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Section 6.1: the hash of the site's name, flags, and the count. */
  private byte[] data(int more) {
    int flags = USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0) | more;
    return join(
        sha256(host.getBytes(StandardCharsets.UTF_8)),
        new byte[] {(byte) flags},
        ByteBuffer.allocate(4).putInt(count).array());
  }

  /** RFC 9053, section 7.1: an EC2 key on P-256 for ES256. */
  private byte[] coseKey() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return join(
        new byte[] {(byte) 0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20},
        fixed(key.getW().getAffineX()),
        new byte[] {0x22, 0x58, 0x20},
        fixed(key.getW().getAffineY()));
  }

  private static byte[] fixed(BigInteger number) {
    byte[] plain = number.toByteArray();
    byte[] fixed = new byte[32];
    int from = Math.max(0, plain.length - 32);
    System.arraycopy(plain, from, fixed, 32 - (plain.length - from), plain.length - from);
    return fixed;
  }

  private byte[] sign(byte[] what) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(what);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] text(String text) {
    return join(
        new byte[] {(byte) (0x60 + text.length())}, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] length(byte[] bytes) {
    return new byte[] {0, (byte) bytes.length};
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }
}
