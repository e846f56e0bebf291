package tongguan.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tongguan.audit.tree.Sha256;

/**
 * The bytes of an entry that are hashed (docs/audit-format.md): each field in a fixed order, its
 * length before it, so that no two different entries have the same bytes.
 */
final class Leaf {
  private static final byte[] FORMAT = "tongguan-audit-1".getBytes(StandardCharsets.US_ASCII);
  private static final long MICROS = 1_000_000;
  private static final int START_BYTES = 2048;

  private ByteBuffer out = ByteBuffer.allocate(START_BYTES);
  private final Sha256 sha = new Sha256();

  byte[] hash(Logged entry) {
    return sha.leaf(bytes(entry));
  }

  byte[] bytes(Logged entry) {
    out.clear();
    out.put(FORMAT);
    room(Integer.BYTES + 2 * Long.BYTES)
        .putInt(2 * Long.BYTES)
        .putLong(entry.id().getMostSignificantBits())
        .putLong(entry.id().getLeastSignificantBits());
    number(entry.xid());
    number(micros(entry.at()));
    number(micros(entry.nodeAt()));
    entry.texts().forEach(this::text);
    number(entry.results());
    text(entry.details());
    text(entry.correlation());
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private void number(long value) {
    room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(Integer.BYTES + utf8.length).putInt(utf8.length).put(utf8);
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int needed = out.position() + bytes;
      out = ByteBuffer.allocate(Math.max(needed, 2 * out.capacity())).put(out.flip());
    }
    return out;
  }

  /** Since 1970; the endless times that PostgreSQL knows become the ends of the scale. */
  private static long micros(Instant moment) {
    long seconds = moment.getEpochSecond();
    if (Math.abs(seconds) > Long.MAX_VALUE / MICROS - 1) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return seconds * MICROS + moment.getNano() / 1000;
  }
}
