package tongguan.base.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import tongguan.base.Limits;

/**
 * What a balancer says before anything else on a connection: whose it is (PROXY protocol, version 2
 * alone; HAProxy's {@code proxy-protocol.txt}, §2.2). The server's own reader takes version 1, too,
 * and takes either from whomever.
 */
sealed interface ProxyHeader {
  /** Carried for this client. */
  record Relayed(InetSocketAddress client) implements ProxyHeader {}

  /** The balancer's own connection, to see whether this node is there. */
  record Own() implements ProxyHeader {}

  /** Nothing to go on with: the connection is closed. */
  record Malformed(String why) implements ProxyHeader {}

  byte[] SIGNATURE = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

  int FIXED_BYTES = 16;

  /** Reads exactly the header: what follows on the connection stays there. */
  static ProxyHeader read(InputStream in) throws IOException {
    byte[] fixed = in.readNBytes(FIXED_BYTES);
    if (fixed.length < FIXED_BYTES) {
      return new Malformed("cut short");
    }
    if (!Arrays.equals(fixed, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      return new Malformed("no header of version 2");
    }
    int length = Short.toUnsignedInt(ByteBuffer.wrap(fixed).getShort(14));
    if (FIXED_BYTES + length > Limits.PROXY_HEADER_BYTES) {
      return new Malformed("too long");
    }
    byte[] rest = in.readNBytes(length);
    if (rest.length < length) {
      return new Malformed("cut short");
    }
    return switch (fixed[12]) {
      case 0x20 -> new Own();
      case 0x21 -> relayed(fixed, rest);
      default -> new Malformed("neither PROXY nor LOCAL of version 2");
    };
  }

  private static ProxyHeader relayed(byte[] fixed, byte[] rest) throws IOException {
    int bytes =
        switch (fixed[13]) {
          case 0x11 -> 4;
          case 0x21 -> 16;
          default -> 0;
        };
    int addresses = 2 * bytes + 4;
    if (bytes == 0 || rest.length < addresses) {
      return new Malformed("not TCP over IPv4 or IPv6");
    }
    if (!extensionsHold(fixed, rest, addresses)) {
      return new Malformed("extensions do not hold");
    }
    InetAddress source = InetAddress.getByAddress(Arrays.copyOf(rest, bytes));
    int port = Short.toUnsignedInt(ByteBuffer.wrap(rest).getShort(2 * bytes));
    return source.isAnyLocalAddress() || source.isMulticastAddress()
        ? new Malformed("nobody's address")
        : new Relayed(new InetSocketAddress(source, port));
  }

  int CHECKSUM = 0x03;

  /** Whether the extensions (type, length, value) fill the rest, and the checksum is right. */
  private static boolean extensionsHold(byte[] fixed, byte[] rest, int from) {
    int at = from;
    while (at < rest.length) {
      if (rest.length - at < 3) {
        return false;
      }
      int length = Short.toUnsignedInt(ByteBuffer.wrap(rest).getShort(at + 1));
      int value = at + 3;
      if (rest.length - value < length
          || (rest[at] == CHECKSUM && !checksumHolds(fixed, rest, value, length))) {
        return false;
      }
      at = value + length;
    }
    return true;
  }

  /** CRC-32c over the whole header with the checksum itself as zeros. */
  private static boolean checksumHolds(byte[] fixed, byte[] rest, int value, int length) {
    if (length != 4) {
      return false;
    }
    byte[] without = rest.clone();
    Arrays.fill(without, value, value + 4, (byte) 0);
    CRC32C crc = new CRC32C();
    crc.update(fixed);
    crc.update(without);
    return (int) crc.getValue() == ByteBuffer.wrap(rest).getInt(value);
  }
}
