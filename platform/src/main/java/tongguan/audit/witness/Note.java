package tongguan.audit.witness;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tongguan.audit.tree.Sha256;

/**
 * A checkpoint as a signed note (C2SP tlog-checkpoint and signed-note): so many entries have this
 * root.
 *
 * @param at the database's time, an extension line of the note
 * @param keyId which key signed it
 */
public record Note(long size, Root root, Instant at, String keyId, Root signature) {
  /** The first line, and the name of the key. */
  public static final String ORIGIN = "tongguan/audit";

  private static final int LINES = 6;
  private static final String TIME = "time ";
  private static final int ID_BYTES = 4;

  /** Bytes that are compared by their content. */
  public record Root(String hex) {
    public static Root of(byte[] bytes) {
      return new Root(HexFormat.of().formatHex(bytes));
    }

    public byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }

    public String base64() {
      return Base64.getEncoder().encodeToString(bytes());
    }
  }

  public static Note sign(long size, byte[] root, Instant at, SigningKey key) {
    byte[] signature = key.sign(text(size, Root.of(root), at));
    return new Note(size, Root.of(root), at, key.publicKey().id(), Root.of(signature));
  }

  private static byte[] text(long size, Root root, Instant at) {
    return "%s\n%d\n%s\n%s%s\n"
        .formatted(ORIGIN, size, root.base64(), TIME, at)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether that key signed it. */
  public boolean isBy(PublicKey key) {
    return key.id().equals(keyId) && key.verifies(text(size, root, at), signature.bytes());
  }

  @Override
  public String toString() {
    byte[] id = HexFormat.of().parseHex(keyId);
    byte[] signed = Arrays.copyOf(id, ID_BYTES + signature.bytes().length);
    System.arraycopy(signature.bytes(), 0, signed, ID_BYTES, signature.bytes().length);
    return new String(text(size, root, at), StandardCharsets.UTF_8)
        + "\n— "
        + ORIGIN
        + ' '
        + Base64.getEncoder().encodeToString(signed)
        + '\n';
  }

  /** Reads what {@link #toString} writes; anything else is empty. */
  public static Optional<Note> parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    try {
      if (lines.size() != LINES + 1 || !lines.get(5).startsWith("— " + ORIGIN + ' ')) {
        return Optional.empty();
      }
      byte[] root = Base64.getDecoder().decode(lines.get(2));
      byte[] signed = Base64.getDecoder().decode(lines.get(5).substring(ORIGIN.length() + 3));
      if (root.length != Sha256.BYTES || signed.length <= ID_BYTES) {
        return Optional.empty();
      }
      Note note =
          new Note(
              Long.parseLong(lines.get(1)),
              Root.of(root),
              Instant.parse(lines.get(3).substring(TIME.length())),
              HexFormat.of().formatHex(signed, 0, ID_BYTES),
              Root.of(Arrays.copyOfRange(signed, ID_BYTES, signed.length)));
      return note.toString().equals(text) ? Optional.of(note) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException notANote) {
      return Optional.empty();
    }
  }
}
