package tongguan.access.radius.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tongguan.base.Limits;

/**
 * A packet whose form is right (RFC 2865 §3): its length is told truly, its attributes fill it, and
 * those of a fixed size have it. Who sent it is another question: {@link Signature}.
 */
public final class Packet implements Parsed {
  static final int HEADER = 20;

  private final Code code;
  private final byte[] bytes;

  /** Where each attribute begins. */
  private final int[] attributes;

  private Packet(Code code, byte[] bytes, int[] attributes) {
    this.code = code;
    this.bytes = bytes;
    this.attributes = attributes;
  }

  /** Reads the first {@code size} bytes, as they came in one datagram. */
  public static Parsed parse(byte[] datagram, int size) {
    if (size < HEADER) {
      return new Malformed("short");
    }
    if (size > Limits.RADIUS_PACKET_BYTES) {
      return new Malformed("long");
    }
    int length = (datagram[2] & 0xFF) << 8 | datagram[3] & 0xFF;
    // What stands behind the length that is told is padding (RFC 2865 §3).
    if (length < HEADER || length > size) {
      return new Malformed("length");
    }
    Optional<Code> code = Code.of(datagram[0]);
    if (code.isEmpty()) {
      return new Malformed("code");
    }
    return attributes(code.get(), Arrays.copyOf(datagram, length));
  }

  private static Parsed attributes(Code code, byte[] bytes) {
    int[] places = new int[Limits.RADIUS_ATTRIBUTES];
    int count = 0;
    int proxies = 0;
    for (int at = HEADER; at < bytes.length; at += bytes[at + 1] & 0xFF) {
      int left = bytes.length - at;
      int length = left < 2 ? 0 : bytes[at + 1] & 0xFF;
      // An attribute without a value is not to be sent (RFC 2865 §5).
      if (length < 3 || length > left) {
        return new Malformed("attribute");
      }
      int type = bytes[at] & 0xFF;
      int expected = Type.lengthOf(type);
      if (expected != 0 && length != expected + 2) {
        return new Malformed(type == Type.MESSAGE_AUTHENTICATOR ? "authenticator" : "value");
      }
      proxies += type == Type.PROXY_STATE ? 1 : 0;
      if (count == places.length || proxies > Limits.RADIUS_PROXY_STATES) {
        return new Malformed("flood");
      }
      places[count++] = at;
    }
    return new Packet(code, bytes, Arrays.copyOf(places, count));
  }

  public Code code() {
    return code;
  }

  public int identifier() {
    return bytes[1] & 0xFF;
  }

  /** The 16 octets behind the length. */
  public byte[] authenticator() {
    return Arrays.copyOfRange(bytes, 4, HEADER);
  }

  /** As it came, without padding; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  /** Where an attribute of this type begins; -1 where there is none. */
  int find(int type) {
    for (int at : attributes) {
      if ((bytes[at] & 0xFF) == type) {
        return at;
      }
    }
    return -1;
  }

  int count(int type) {
    int count = 0;
    for (int at : attributes) {
      count += (bytes[at] & 0xFF) == type ? 1 : 0;
    }
    return count;
  }

  private byte[] value(int at) {
    return Arrays.copyOfRange(bytes, at + 2, at + (bytes[at + 1] & 0xFF));
  }

  /** The value of the first attribute of this type. */
  public Optional<byte[]> octets(int type) {
    int at = find(type);
    return at < 0 ? Optional.empty() : Optional.of(value(at));
  }

  /** The values of all attributes of this type, in their order. */
  public List<byte[]> all(int type) {
    List<byte[]> values = new ArrayList<>();
    for (int at : attributes) {
      if ((bytes[at] & 0xFF) == type) {
        values.add(value(at));
      }
    }
    return values;
  }

  /** A text as it is fit for a log and a database; empty where there is none. */
  public String text(int type) {
    return octets(type).map(Packet::printable).orElse("");
  }

  static String printable(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }

  /** An unsigned number of four octets. */
  public OptionalLong number(int type) {
    int at = find(type);
    return at < 0 || (bytes[at + 1] & 0xFF) != 6
        ? OptionalLong.empty()
        : OptionalLong.of(unsigned(bytes, at + 2));
  }

  private static long unsigned(byte[] from, int at) {
    return (from[at] & 0xFFL) << 24
        | (from[at + 1] & 0xFFL) << 16
        | (from[at + 2] & 0xFFL) << 8
        | from[at + 3] & 0xFFL;
  }

  public Optional<InetAddress> address(int type) {
    return octets(type).flatMap(Packet::addressOf);
  }

  /** Empty where it is neither 4 nor 16 octets. */
  public static Optional<InetAddress> addressOf(byte[] octets) {
    try {
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException ofAnotherLength) {
      return Optional.empty();
    }
  }

  /** The first value of a vendor's attribute (RFC 2865 §5.26). */
  public Optional<byte[]> vendor(int vendor, int type) {
    for (int at : attributes) {
      int end = at + (bytes[at + 1] & 0xFF);
      if ((bytes[at] & 0xFF) == Type.VENDOR_SPECIFIC
          && end - at >= 8
          && unsigned(bytes, at + 2) == vendor) {
        Optional<byte[]> found = vendor(at + 6, end, type);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Several of a vendor's may share one attribute; what does not add up ends it. */
  private Optional<byte[]> vendor(int from, int end, int type) {
    for (int at = from; end - at >= 2; at += bytes[at + 1] & 0xFF) {
      int length = bytes[at + 1] & 0xFF;
      if (length < 2 || length > end - at) {
        return Optional.empty();
      }
      if ((bytes[at] & 0xFF) == type) {
        return Optional.of(Arrays.copyOfRange(bytes, at + 2, at + length));
      }
    }
    return Optional.empty();
  }
}
