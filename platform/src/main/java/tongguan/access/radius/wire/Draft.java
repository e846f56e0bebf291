package tongguan.access.radius.wire;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import tongguan.base.Limits;

/**
 * A packet in the making. Its first attribute is Message-Authenticator, so that no prefix of it can
 * be chosen by someone who does not know the secret (CVE-2024-3596). The one exception is the
 * answer to accounting that came without: its peer goes by RFC 2866, which knows none, and peers
 * differ in how they would compute it.
 */
public final class Draft {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SIGNATURE = Packet.HEADER + 2;

  private final Code code;
  private final byte[] bytes = new byte[Limits.RADIUS_PACKET_BYTES];
  private final boolean authenticated;
  private int length;

  private Draft(Code code, int identifier, boolean authenticated) {
    this.code = code;
    this.authenticated = authenticated;
    bytes[0] = (byte) code.number();
    bytes[1] = (byte) identifier;
    this.length = Packet.HEADER;
    if (authenticated) {
      bytes[Packet.HEADER] = Type.MESSAGE_AUTHENTICATOR;
      bytes[Packet.HEADER + 1] = 18;
      length = SIGNATURE + 16;
    }
  }

  public static Draft of(Code code, int identifier) {
    return new Draft(code, identifier, true);
  }

  /** An answer to the request, which gets its Proxy-States back in their order (RFC 2865 §5.33). */
  public static Draft answer(Code code, Packet request) {
    boolean plain =
        request.code() == Code.ACCOUNTING_REQUEST && request.count(Type.MESSAGE_AUTHENTICATOR) == 0;
    Draft draft = new Draft(code, request.identifier(), !plain);
    request.all(Type.PROXY_STATE).forEach(state -> draft.with(Type.PROXY_STATE, state));
    return draft;
  }

  /**
   * @throws IllegalArgumentException for a value, or a packet, that is longer than there can be
   */
  public Draft with(int type, byte[] value) {
    int size = value.length + 2;
    if (value.length == 0 || size > 255 || length + size > bytes.length) {
      throw new IllegalArgumentException("attribute " + type + " of " + value.length + " octets");
    }
    bytes[length] = (byte) type;
    bytes[length + 1] = (byte) size;
    System.arraycopy(value, 0, bytes, length + 2, value.length);
    length += size;
    return this;
  }

  public Draft with(int type, String value) {
    return with(type, value.getBytes(StandardCharsets.UTF_8));
  }

  public Draft with(int type, long value) {
    return with(
        type,
        new byte[] {
          (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        });
  }

  public Draft with(int type, InetAddress value) {
    return with(type, value.getAddress());
  }

  /** One attribute of 3GPP's. */
  public Draft withThreeGpp(int type, byte[] value) {
    byte[] inner = new byte[value.length + 6];
    inner[2] = (byte) (ThreeGpp.VENDOR >>> 8);
    inner[3] = (byte) ThreeGpp.VENDOR;
    inner[4] = (byte) type;
    inner[5] = (byte) (value.length + 2);
    System.arraycopy(value, 0, inner, 6, value.length);
    return with(Type.VENDOR_SPECIFIC, inner);
  }

  /** Signed as the answer to a request. */
  public byte[] answering(Packet request, SharedSecret secret) {
    byte[] packet = signed(Signature.underlying(code, request), secret);
    System.arraycopy(request.authenticator(), 0, packet, 4, 16);
    System.arraycopy(secret.digest(packet), 0, packet, 4, 16);
    return packet;
  }

  /** Signed as a request whose authenticator is computed: accounting, Disconnect, CoA. */
  public byte[] asking(SharedSecret secret) {
    byte[] packet = signed(new byte[16], secret);
    System.arraycopy(secret.digest(packet), 0, packet, 4, 16);
    return packet;
  }

  /** Signed as a request whose authenticator is random; give those octets. */
  public byte[] asking(byte[] authenticator, SharedSecret secret) {
    return signed(authenticator, secret);
  }

  public static byte[] randomAuthenticator() {
    byte[] octets = new byte[16];
    RANDOM.nextBytes(octets);
    return octets;
  }

  private byte[] signed(byte[] authenticator, SharedSecret secret) {
    byte[] packet = Arrays.copyOf(bytes, length);
    packet[2] = (byte) (length >>> 8);
    packet[3] = (byte) length;
    System.arraycopy(authenticator, 0, packet, 4, 16);
    if (authenticated) {
      System.arraycopy(secret.hmac(packet), 0, packet, SIGNATURE, 16);
    }
    return packet;
  }
}
