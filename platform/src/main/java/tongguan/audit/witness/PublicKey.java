package tongguan.audit.witness;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tongguan.audit.tree.Sha256;

/**
 * What checks a checkpoint's signature, written as a signed-note verifier key (C2SP signed-note):
 * name, id and Ed25519 key.
 */
public final class PublicKey {
  private static final byte ED25519 = 1;
  private static final int ID_BYTES = 4;

  private final String name;
  private final byte[] key;
  private final byte[] id;

  PublicKey(String name, byte[] key) {
    this.name = name;
    this.key = key.clone();
    this.id = id(name, key);
  }

  private static byte[] id(String name, byte[] key) {
    byte[] typed = typed(key);
    byte[] text = (name + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(text, text.length + typed.length);
    System.arraycopy(typed, 0, whole, text.length, typed.length);
    return Arrays.copyOf(new Sha256().plain(whole), ID_BYTES);
  }

  private static byte[] typed(byte[] key) {
    byte[] typed = new byte[key.length + 1];
    typed[0] = ED25519;
    System.arraycopy(key, 0, typed, 1, key.length);
    return typed;
  }

  /** Reads {@code name+id+key}; empty where it is none. */
  public static Optional<PublicKey> parse(String line) {
    List<String> parts = List.of(line.strip().split("\\+", 3));
    try {
      byte[] typed = parts.size() == 3 ? Base64.getDecoder().decode(parts.get(2)) : new byte[0];
      if (typed.length != 1 + Ed25519PublicKeyParameters.KEY_SIZE || typed[0] != ED25519) {
        return Optional.empty();
      }
      PublicKey read = new PublicKey(parts.getFirst(), Arrays.copyOfRange(typed, 1, typed.length));
      return read.id().equals(parts.get(1)) ? Optional.of(read) : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  public String name() {
    return name;
  }

  /** Eight hexadecimal digits. */
  public String id() {
    return HexFormat.of().formatHex(id);
  }

  /** The raw 32 bytes. */
  public byte[] raw() {
    return key.clone();
  }

  public boolean verifies(byte[] text, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, new Ed25519PublicKeyParameters(key));
    verifier.update(text, 0, text.length);
    return verifier.verifySignature(signature);
  }

  @Override
  public String toString() {
    return name + '+' + id() + '+' + Base64.getEncoder().encodeToString(typed(key));
  }
}
