package tongguan.exchange.edifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeded breakage of right interchanges. */
final class Mutations {
  private static final List<byte[]> SEEDS = Seeds.NAMES.stream().map(Seeds::bytes).toList();
  private static final List<byte[]> TOKENS =
      List.of(
              "'",
              "+",
              ":",
              "?",
              "?'",
              "*",
              "UNA",
              "UNA:+.? '",
              "UNB+UNOC:3+A+B+261120:1430+R'",
              "UNH+",
              "UNH+1+CUSCAR:D:95B:UN'",
              "UNT+3+1'",
              "UNT+",
              "UNZ+1+R'",
              "UNG+X'",
              "UNE+1+X'",
              "END'",
              "BGM",
              "DTM+137:'",
              "LOC+147'",
              "EQD+CN'",
              "CNI'",
              "\u0000",
              "\u001a",
              "\r\n",
              "\t",
              "\u00e4",
              "\u00a4\u00a4",
              "\u00ff\u00fe",
              "999999999999999999999",
              "-1",
              "000000000:203")
          .stream()
          .map(token -> token.getBytes(StandardCharsets.ISO_8859_1))
          .toList();

  private final Random random;

  Mutations(long seed) {
    this.random = new Random(seed);
  }

  byte[] seed() {
    return SEEDS.get(random.nextInt(SEEDS.size()));
  }

  /** A seed with one to four changes. */
  byte[] next() {
    byte[] bytes = seed().clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    if (bytes.length == 0) {
      return seed().clone();
    }
    int at = random.nextInt(bytes.length);
    int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
    return switch (random.nextInt(10)) {
      case 0 -> flipped(bytes, at);
      case 1 -> spliced(bytes, at, at + length, new byte[0]);
      case 2 -> spliced(bytes, at, at, TOKENS.get(random.nextInt(TOKENS.size())));
      case 3 -> spliced(bytes, at, at + 1, TOKENS.get(random.nextInt(TOKENS.size())));
      case 4 -> Arrays.copyOf(bytes, at);
      case 5 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      case 6 -> withoutSegment(bytes, at);
      case 7 -> withSegmentTwice(bytes, at);
      case 8 -> digitChanged(bytes, at);
      default -> crossed(bytes, at);
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
    return bytes;
  }

  private byte[] digitChanged(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] >= '0' && bytes[i] <= '9') {
        bytes[i] = (byte) ('0' + random.nextInt(10));
        break;
      }
    }
    return bytes;
  }

  private byte[] withoutSegment(byte[] bytes, int at) {
    int[] segment = segmentAround(bytes, at);
    return spliced(bytes, segment[0], segment[1], new byte[0]);
  }

  private byte[] withSegmentTwice(byte[] bytes, int at) {
    int[] segment = segmentAround(bytes, at);
    return spliced(
        bytes, segment[0], segment[0], Arrays.copyOfRange(bytes, segment[0], segment[1]));
  }

  private static int[] segmentAround(byte[] bytes, int at) {
    int start = at;
    while (start > 0 && bytes[start - 1] != '\'') {
      start--;
    }
    int end = at;
    while (end < bytes.length && bytes[end] != '\'') {
      end++;
    }
    return new int[] {start, Math.min(bytes.length, end + 1)};
  }

  private byte[] crossed(byte[] bytes, int at) {
    byte[] other = seed();
    int from = random.nextInt(other.length);
    return spliced(bytes, at, bytes.length, Arrays.copyOfRange(other, from, other.length));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.length + between.length);
    whole.write(bytes, 0, from);
    whole.writeBytes(between);
    whole.write(bytes, to, bytes.length - to);
    return whole.toByteArray();
  }
}
