package tongguan.access.radius;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.ThreeGpp;
import tongguan.access.radius.wire.Type;

/**
 * What an Accounting-Request tells (RFC 2866, 3GPP TS 29.061 §16.4.3).
 *
 * @param number Acct-Session-Id; empty for a gateway that speaks of itself
 * @param places the addresses that it may be at, most telling first
 * @param at when it happened
 * @param dated whether that is the gateway's own signed word and not our guess
 */
record Told(
    Gateway gateway,
    Kind kind,
    String number,
    Subscriber subscriber,
    List<Place> places,
    Instant at,
    boolean dated,
    long octetsIn,
    long octetsOut,
    long seconds,
    Map<String, Object> attributes) {
  private static final int TEXT = 128;
  private static final int FULL_ADDRESS = 128;

  enum Kind {
    START(1),
    STOP(2),
    INTERIM(3),
    ON(7),
    OFF(8);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Optional<Kind> of(OptionalLong number) {
      for (Kind kind : values()) {
        if (number.isPresent() && kind.number == number.getAsLong()) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }

    /** It is about the gateway itself, not about one session. */
    boolean ofGateway() {
      return this == ON || this == OFF;
    }
  }

  /** An address, or the network that a session got (IPv6). */
  record Place(InetAddress address, int bits) {
    boolean holds(InetAddress other) {
      byte[] own = address.getAddress();
      byte[] its = other.getAddress();
      if (own.length != its.length) {
        return false;
      }
      for (int bit = 0; bit < Math.min(bits, own.length * 8); bit++) {
        if (((own[bit / 8] ^ its[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** Empty where it does not say what a session needs. */
  static Optional<Told> of(Gateway gateway, Packet packet, Instant now) {
    Optional<Kind> kind = Kind.of(packet.number(Type.ACCT_STATUS_TYPE));
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    String number = cut(packet.text(Type.ACCT_SESSION_ID));
    Subscriber subscriber = Subscriber.of(packet);
    boolean ofSession = !number.isEmpty() && !subscriber.imsi().isEmpty();
    if (!kind.get().ofGateway() && !ofSession) {
      return Optional.empty();
    }
    OptionalLong event = packet.number(Type.EVENT_TIMESTAMP);
    Instant at =
        event.isPresent()
            ? Instant.ofEpochSecond(event.getAsLong())
            : now.minusSeconds(packet.number(Type.ACCT_DELAY_TIME).orElse(0));
    return Optional.of(
        new Told(
            gateway,
            kind.get(),
            number,
            subscriber,
            places(packet),
            at,
            event.isPresent(),
            octets(packet, Type.ACCT_INPUT_OCTETS, Type.ACCT_INPUT_GIGAWORDS),
            octets(packet, Type.ACCT_OUTPUT_OCTETS, Type.ACCT_OUTPUT_GIGAWORDS),
            packet.number(Type.ACCT_SESSION_TIME).orElse(0),
            attributes(packet)));
  }

  private static List<Place> places(Packet packet) {
    List<Place> places = new ArrayList<>();
    packet
        .address(Type.FRAMED_IP_ADDRESS)
        .ifPresent(address -> places.add(new Place(address, FULL_ADDRESS)));
    packet
        .address(Type.FRAMED_IPV6_ADDRESS)
        .ifPresent(address -> places.add(new Place(address, FULL_ADDRESS)));
    packet.octets(Type.FRAMED_IPV6_PREFIX).flatMap(Told::prefix).ifPresent(places::add);
    return places;
  }

  /** RFC 3162 §2.3: a reserved octet, the length in bits, and as many octets as it takes. */
  private static Optional<Place> prefix(byte[] value) {
    int bits = value.length < 2 ? -1 : value[1] & 0xFF;
    if (bits < 1 || bits > FULL_ADDRESS || value.length > 18 || value.length < 2 + (bits + 7) / 8) {
      return Optional.empty();
    }
    byte[] address = new byte[16];
    System.arraycopy(value, 2, address, 0, value.length - 2);
    return Packet.addressOf(address).map(network -> new Place(network, bits));
  }

  private static long octets(Packet packet, int low, int high) {
    return (packet.number(high).orElse(0) & 0x7FFF_FFFFL) << 32 | packet.number(low).orElse(0);
  }

  private static String cut(String text) {
    return text.length() <= TEXT ? text : text.substring(0, TEXT);
  }

  private static Map<String, Object> attributes(Packet packet) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("userName", packet.text(Type.USER_NAME));
    all.put("nasIdentifier", packet.text(Type.NAS_IDENTIFIER));
    all.put("nasAddress", host(packet.address(Type.NAS_IP_ADDRESS)));
    all.put("nasAddress6", host(packet.address(Type.NAS_IPV6_ADDRESS)));
    all.put("apn", Gateway.apn(packet.text(Type.CALLED_STATION_ID)));
    all.put("chargingId", ThreeGpp.hex(packet, ThreeGpp.CHARGING_ID));
    all.put("pdpType", ThreeGpp.hex(packet, ThreeGpp.PDP_TYPE));
    all.put("sgsn", host(ThreeGpp.address(packet, ThreeGpp.SGSN_ADDRESS)));
    all.put("ggsn", host(ThreeGpp.address(packet, ThreeGpp.GGSN_ADDRESS)));
    all.put("homeNetwork", ThreeGpp.text(packet, ThreeGpp.IMSI_MCC_MNC));
    all.put("visitedNetwork", ThreeGpp.text(packet, ThreeGpp.SGSN_MCC_MNC));
    all.put("nsapi", ThreeGpp.text(packet, ThreeGpp.NSAPI));
    all.put("selection", ThreeGpp.text(packet, ThreeGpp.SELECTION_MODE));
    all.put("charging", ThreeGpp.text(packet, ThreeGpp.CHARGING_CHARACTERISTICS));
    all.put("radio", ThreeGpp.hex(packet, ThreeGpp.RAT_TYPE));
    all.put("location", ThreeGpp.hex(packet, ThreeGpp.USER_LOCATION_INFO));
    all.put("timeZone", ThreeGpp.hex(packet, ThreeGpp.MS_TIME_ZONE));
    all.replaceAll((name, value) -> cut((String) value));
    all.values().removeIf(""::equals);
    return all;
  }

  private static String host(Optional<InetAddress> address) {
    return address.map(InetAddress::getHostAddress).orElse("");
  }
}
