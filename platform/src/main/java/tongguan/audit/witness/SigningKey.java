package tongguan.audit.witness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tongguan.base.StartFailure;

/**
 * The Ed25519 key that signs checkpoints. It is a file (PKCS #8, PEM) outside of the database that
 * only its owner may read; made where it is not there.
 */
public final class SigningKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final Set<PosixFilePermission> FOREIGN =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  /**
   * What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7), the lengths
   * of the whole and its version aside. Read here, because the library's reader of ASN.1 costs a
   * start more than all else of the key.
   */
  private static final byte[] HEAD = HexFormat.of().parseHex("300506032b657004220420");

  private static final int HEAD_AT = 5;
  private static final int SEED_AT = HEAD_AT + 11;

  private final Ed25519PrivateKeyParameters key;
  private final PublicKey publicKey;

  private SigningKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.publicKey = new PublicKey(Note.ORIGIN, key.generatePublicKey().getEncoded());
  }

  public static SigningKey in(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      permissions.retainAll(FOREIGN);
      if (!permissions.isEmpty()) {
        throw StartFailure.environment(
            "The audit key %s can be used by others than its owner; run chmod 600 on it."
                .formatted(file));
      }
      return read(file);
    } catch (IOException e) {
      throw StartFailure.environment(
          "The audit key %s cannot be used (%s).".formatted(file, e.getMessage()));
    }
  }

  private static void make(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    byte[] seed = new Ed25519PrivateKeyParameters(new SecureRandom()).getEncoded();
    byte[] encoded =
        ByteBuffer.allocate(SEED_AT + seed.length)
            .put(HexFormat.of().parseHex("302e020100"))
            .put(HEAD)
            .put(seed)
            .array();
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, BEGIN + "\n" + Base64.getEncoder().encodeToString(encoded) + "\n" + END + "\n");
  }

  private static SigningKey read(Path file) throws IOException {
    String pem = Files.readString(file).replace(BEGIN, "").replace(END, "");
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(pem);
      if (Arrays.equals(encoded, HEAD_AT, SEED_AT, HEAD, 0, HEAD.length)) {
        return new SigningKey(new Ed25519PrivateKeyParameters(encoded, SEED_AT));
      }
    } catch (RuntimeException unreadable) {
      // answered below: what is in the file is not repeated
    }
    throw new IOException("no Ed25519 private key in PEM");
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  byte[] sign(byte[] text) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(text, 0, text.length);
    return signer.generateSignature();
  }
}
