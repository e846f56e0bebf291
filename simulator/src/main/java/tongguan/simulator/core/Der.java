package tongguan.simulator.core;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few forms of DER (ITU-T X.690) that a certificate needs. */
final class Der {
  private Der() {}

  static byte[] of(int tag, byte[]... contents) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      inner.writeBytes(content);
    }
    byte[] content = inner.toByteArray();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (content.length < 128) {
      whole.write(content.length);
    } else {
      byte[] length = new BigInteger(Integer.toString(content.length)).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      whole.write(0x80 | length.length - from);
      whole.write(length, from, length.length - from);
    }
    whole.writeBytes(content);
    return whole.toByteArray();
  }

  static byte[] sequence(byte[]... contents) {
    return of(0x30, contents);
  }

  static byte[] set(byte[]... contents) {
    return of(0x31, contents);
  }

  static byte[] integer(BigInteger number) {
    return of(0x02, number.toByteArray());
  }

  static byte[] octets(byte[] bytes) {
    return of(0x04, bytes);
  }

  static byte[] bits(byte[] bytes) {
    return of(0x03, new byte[1], bytes);
  }

  static byte[] text(String text) {
    return of(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] yes() {
    return new byte[] {0x01, 0x01, (byte) 0xFF};
  }

  /** An object identifier written with dots. */
  static byte[] oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >> shift > 0) {
          bytes.write(0x80 | arc >> shift & 0x7F);
        }
      }
      bytes.write(arc & 0x7F);
    }
    return of(0x06, bytes.toByteArray());
  }
}
