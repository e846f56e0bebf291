package tongguan.access.radius.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Good packets of every kind, what becomes of them by chance, and everything that reads them. */
public final class Mutants {
  static final SharedSecret SECRET =
      SharedSecret.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  private Mutants() {}

  /** Whatever we ask of a packet, asked of these bytes; true where they are a good request. */
  public static boolean readAll(byte[] bytes) {
    if (!(Packet.parse(bytes, bytes.length) instanceof Packet packet)) {
      return false;
    }
    boolean holds = Signature.holds(packet, SECRET, Signature.Place.ANYWHERE);
    boolean answers = Signature.holds(packet, SECRET, packet, true);
    for (int type = 0; type < 256; type++) {
      packet.text(type);
      packet.number(type);
      packet.address(type);
      packet.all(type);
      ThreeGpp.text(packet, type);
      ThreeGpp.hex(packet, type);
      ThreeGpp.address(packet, type);
    }
    Password.matches(packet, SECRET, "secret".getBytes(StandardCharsets.US_ASCII));
    Draft.answer(Code.ACCESS_ACCEPT, packet)
        .with(Type.SESSION_TIMEOUT, 1)
        .answering(packet, SECRET);
    return holds || answers;
  }

  public static List<byte[]> seeds(SharedSecret secret) {
    List<byte[]> seeds = new ArrayList<>();
    byte[] authenticator = Draft.randomAuthenticator();
    seeds.add(
        identified(Code.ACCESS_REQUEST)
            .with(
                Type.USER_PASSWORD,
                Password.hidden(
                    "secret".getBytes(StandardCharsets.US_ASCII), authenticator, secret))
            .asking(authenticator, secret));
    seeds.add(
        identified(Code.ACCESS_REQUEST)
            .with(Type.CHAP_PASSWORD, new byte[17])
            .with(Type.CHAP_CHALLENGE, new byte[16])
            .asking(authenticator, secret));
    for (int kind : List.of(1, 2, 3, 7, 8)) {
      seeds.add(
          identified(Code.ACCOUNTING_REQUEST)
              .with(Type.ACCT_STATUS_TYPE, kind)
              .with(Type.ACCT_SESSION_ID, "0A000001")
              .with(Type.FRAMED_IPV6_PREFIX, new byte[] {0, 64, 32, 1, 13, -72, 0, 0, 0, 1})
              .with(Type.ACCT_INPUT_OCTETS, 12)
              .asking(secret));
    }
    for (Code code : List.of(Code.DISCONNECT_REQUEST, Code.CHANGE_REQUEST)) {
      seeds.add(identified(code).with(Type.ACCT_SESSION_ID, "0A000001").asking(secret));
    }
    for (Code code :
        List.of(
            Code.DISCONNECT_ACK,
            Code.DISCONNECT_NAK,
            Code.CHANGE_ACK,
            Code.CHANGE_NAK,
            Code.ACCESS_ACCEPT,
            Code.ACCESS_REJECT,
            Code.ACCOUNTING_RESPONSE)) {
      seeds.add(Draft.of(code, 1).with(Type.ERROR_CAUSE, 503).asking(secret));
    }
    seeds.add(Draft.of(Code.STATUS_SERVER, 1).asking(authenticator, secret));
    return seeds;
  }

  private static Draft identified(Code code) {
    return Draft.of(code, 1)
        .with(Type.USER_NAME, "field")
        .with(Type.CALLED_STATION_ID, "field.customs")
        .with(Type.CALLING_STATION_ID, "886900000001")
        .withThreeGpp(ThreeGpp.IMSI, "466920000000001".getBytes(StandardCharsets.US_ASCII))
        .withThreeGpp(ThreeGpp.IMEISV, "3500000000000101".getBytes(StandardCharsets.US_ASCII))
        .with(Type.PROXY_STATE, "a".getBytes(StandardCharsets.US_ASCII));
  }

  /** One to eight changes: bits, octets, lengths, cuts, repetitions, swaps. */
  public static byte[] mutant(byte[] seed, Random random) {
    byte[] bytes = seed.clone();
    for (int change = random.nextInt(8); change >= 0; change--) {
      if (bytes.length == 0) {
        return bytes;
      }
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(8)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 ->
            bytes[at] =
                (byte) List.of(0, 1, 2, 3, 127, 128, 254, 255).get(random.nextInt(8)).intValue();
        case 3 -> bytes = Arrays.copyOf(bytes, at);
        case 4 -> bytes = repeated(bytes, at, random);
        case 5 -> {
          if (bytes.length > 4) {
            int length = random.nextInt(5000);
            bytes[2] = (byte) (length >>> 8);
            bytes[3] = (byte) length;
          }
        }
        case 6 -> {
          if (bytes.length > 3) {
            bytes[2] = (byte) (bytes.length >>> 8);
            bytes[3] = (byte) bytes.length;
          }
        }
        default -> {
          int other = random.nextInt(bytes.length);
          byte kept = bytes[at];
          bytes[at] = bytes[other];
          bytes[other] = kept;
        }
      }
    }
    return bytes;
  }

  private static byte[] repeated(byte[] bytes, int at, Random random) {
    int length = Math.min(bytes.length - at, 1 + random.nextInt(300));
    int times = 1 + random.nextInt(20);
    byte[] longer = new byte[Math.min(5000, bytes.length + length * times)];
    System.arraycopy(bytes, 0, longer, 0, Math.min(at, longer.length));
    int to = at;
    for (int i = 0; i <= times && to < longer.length; i++) {
      int part = Math.min(length, longer.length - to);
      System.arraycopy(bytes, at, longer, to, part);
      to += part;
    }
    return longer;
  }
}
