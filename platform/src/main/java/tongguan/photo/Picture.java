package tongguan.photo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a file's own bytes say that it is: one of the three kinds that browsers show and cameras
 * make, and its size in pixels. Only the head is read; nothing is decoded.
 *
 * @param mediaType under which it may be served
 */
public record Picture(String mediaType, int width, int height) {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  public long pixels() {
    return (long) width * height;
  }

  /**
   * Empty for what is none of them, or does not say its size.
   *
   * @param head the first bytes of the file
   */
  public static Optional<Picture> of(byte[] head) {
    ByteBuffer bytes = ByteBuffer.wrap(head);
    try {
      if (startsWith(head, PNG)) {
        return png(bytes);
      }
      if (text(head, 0, "RIFF") && text(head, 8, "WEBP")) {
        return webp(bytes.order(ByteOrder.LITTLE_ENDIAN), head);
      }
      return u16(bytes, 0) == 0xffd8 ? jpeg(bytes) : Optional.empty();
    } catch (IndexOutOfBoundsException cutShort) {
      return Optional.empty();
    }
  }

  private static Optional<Picture> sized(String mediaType, int width, int height) {
    return width > 0 && height > 0
        ? Optional.of(new Picture(mediaType, width, height))
        : Optional.empty();
  }

  /** PNG (ISO/IEC 15948): the first chunk is IHDR, which begins with width and height. */
  private static Optional<Picture> png(ByteBuffer bytes) {
    return text(bytes.array(), 12, "IHDR")
        ? sized("image/png", bytes.getInt(16), bytes.getInt(20))
        : Optional.empty();
  }

  /** JPEG (ITU-T T.81, annex B): marker segments up to the frame header, SOF0 to SOF15. */
  private static Optional<Picture> jpeg(ByteBuffer bytes) {
    int at = 2;
    while (true) {
      if ((bytes.get(at) & 0xff) != 0xff) {
        return Optional.empty();
      }
      int marker = bytes.get(at + 1) & 0xff;
      if (marker == 0xff) {
        at++;
      } else if (isFrame(marker)) {
        return sized("image/jpeg", u16(bytes, at + 7), u16(bytes, at + 5));
      } else if (marker == START_OF_SCAN || marker == END_OF_IMAGE || u16(bytes, at + 2) < 2) {
        return Optional.empty();
      } else {
        at += 2 + u16(bytes, at + 2);
      }
    }
  }

  /** 0xc4, 0xc8 and 0xcc are tables and an extension between the frame headers. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** WebP (RFC 9649 §2): lossy, lossless or extended. */
  private static Optional<Picture> webp(ByteBuffer bytes, byte[] head) {
    if (text(head, 12, "VP8 ") && head[23] == (byte) 0x9d && u16(bytes, 24) == 0x2a01) {
      return sized("image/webp", u16(bytes, 26) & 0x3fff, u16(bytes, 28) & 0x3fff);
    }
    if (text(head, 12, "VP8L") && head[20] == 0x2f) {
      int bits = bytes.getInt(21);
      return sized("image/webp", (bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
    }
    return text(head, 12, "VP8X")
        ? sized("image/webp", u24(bytes, 24) + 1, u24(bytes, 27) + 1)
        : Optional.empty();
  }

  private static int u16(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private static int u24(ByteBuffer bytes, int at) {
    return u16(bytes, at) | (bytes.get(at + 2) & 0xff) << 16;
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    return head.length >= magic.length
        && ByteBuffer.wrap(head, 0, magic.length).equals(ByteBuffer.wrap(magic));
  }

  private static boolean text(byte[] head, int at, String letters) {
    byte[] expected = letters.getBytes(StandardCharsets.US_ASCII);
    return head.length >= at + expected.length
        && ByteBuffer.wrap(head, at, expected.length).equals(ByteBuffer.wrap(expected));
  }
}
