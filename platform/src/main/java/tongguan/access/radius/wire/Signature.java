package tongguan.access.radius.wire;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Whether a packet is of who knows the secret: the authenticators of RFC 2865 §3 and RFC 2866 §3,
 * and Message-Authenticator (RFC 3579 §3.2, RFC 5176 §3.4), without which MD5 alone would let a man
 * in the middle turn a refusal into an acceptance (CVE-2024-3596).
 */
public final class Signature {

  /** Where a peer has to put Message-Authenticator. */
  public enum Place {
    /** Before all others, in every packet. */
    FIRST("first"),
    /** Anywhere, in every packet. */
    ANYWHERE("anywhere"),
    /** Anywhere in Access-Request; other requests may do with their Request Authenticator. */
    ACCESS("access");

    private final String code;

    Place(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    /** One of the three; the strictest where it is none of them. */
    public static Place of(String code) {
      return Arrays.stream(values())
          .filter(place -> place.code.equals(code))
          .findFirst()
          .orElse(FIRST);
    }
  }

  private static final byte[] ZEROS = new byte[16];

  private Signature() {}

  /** Of a request that came. */
  public static boolean holds(Packet request, SharedSecret secret, Place place) {
    boolean random = request.code().hasRandomAuthenticator();
    if (!random && !MessageDigest.isEqual(request.authenticator(), computed(request, secret))) {
      return false;
    }
    boolean spared =
        place == Place.ACCESS && !random && request.count(Type.MESSAGE_AUTHENTICATOR) == 0;
    return spared
        || authenticated(
            request, secret, random ? request.authenticator() : ZEROS, place == Place.FIRST);
  }

  /** The Request Authenticator of a request that is not of the random kind. */
  private static byte[] computed(Packet request, SharedSecret secret) {
    byte[] bytes = request.bytes().clone();
    System.arraycopy(ZEROS, 0, bytes, 4, 16);
    return secret.digest(bytes);
  }

  /** Of an answer to this request of ours. */
  public static boolean holds(Packet answer, SharedSecret secret, Packet request, boolean first) {
    byte[] bytes = answer.bytes().clone();
    System.arraycopy(request.authenticator(), 0, bytes, 4, 16);
    return MessageDigest.isEqual(answer.authenticator(), secret.digest(bytes))
        && authenticated(answer, secret, underlying(answer.code(), request), first);
  }

  /**
   * What stands in the place of the authenticator while the Message-Authenticator of an answer is
   * computed: the request's own (RFC 3579 §3.2, RFC 5176 §3.4). For the answer to accounting no RFC
   * says; FreeRADIUS and radsecproxy take zeros, and so do we.
   */
  static byte[] underlying(Code answer, Packet request) {
    boolean ofAccounting =
        answer == Code.ACCOUNTING_RESPONSE && request.code() == Code.ACCOUNTING_REQUEST;
    return ofAccounting ? ZEROS : request.authenticator();
  }

  /** Exactly one Message-Authenticator, in its place, and right. */
  private static boolean authenticated(
      Packet packet, SharedSecret secret, byte[] authenticator, boolean first) {
    int at = packet.find(Type.MESSAGE_AUTHENTICATOR);
    if (packet.count(Type.MESSAGE_AUTHENTICATOR) != 1 || (first && at != Packet.HEADER)) {
      return false;
    }
    byte[] bytes = packet.bytes().clone();
    byte[] given = Arrays.copyOfRange(bytes, at + 2, at + 18);
    System.arraycopy(authenticator, 0, bytes, 4, 16);
    System.arraycopy(ZEROS, 0, bytes, at + 2, 16);
    return MessageDigest.isEqual(given, secret.hmac(bytes));
  }
}
