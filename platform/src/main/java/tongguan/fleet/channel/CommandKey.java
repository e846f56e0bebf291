package tongguan.fleet.channel;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tongguan.base.StartFailure;
import tongguan.fleet.authority.Digests;
import tongguan.fleet.authority.KeyFile;

/** The Ed25519 key that signs what devices are told; they got the public half at enrolment. */
final class CommandKey {
  /**
   * What stands before the 32 bytes of such a key in PKCS #8 and in SubjectPublicKeyInfo (RFC
   * 8410).
   */
  private static final byte[] PRIVATE_HEAD =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final byte[] PUBLIC_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

  private final Ed25519PrivateKeyParameters key;
  private final byte[] publicKey;

  private CommandKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.publicKey = joined(PUBLIC_HEAD, key.generatePublicKey().getEncoded());
  }

  /** One that ends with the process. */
  static CommandKey passing() {
    return new CommandKey(new Ed25519PrivateKeyParameters(new SecureRandom()));
  }

  static CommandKey in(Path file) {
    byte[] encoded =
        KeyFile.in(
            file,
            () ->
                joined(
                    PRIVATE_HEAD,
                    new Ed25519PrivateKeyParameters(new SecureRandom()).getEncoded()));
    int head = PRIVATE_HEAD.length;
    if (encoded.length != head + Ed25519PrivateKeyParameters.KEY_SIZE
        || !Arrays.equals(encoded, 0, head, PRIVATE_HEAD, 0, head)) {
      throw StartFailure.environment("The key %s is no Ed25519 key.".formatted(file));
    }
    return new CommandKey(new Ed25519PrivateKeyParameters(encoded, head));
  }

  byte[] sign(byte[] text) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(text, 0, text.length);
    return signer.generateSignature();
  }

  /** SubjectPublicKeyInfo in base64. */
  String published() {
    return Base64.getEncoder().encodeToString(publicKey);
  }

  byte[] digest() {
    return Digests.sha256(publicKey);
  }

  private static byte[] joined(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }
}
