package tongguan.access.radius;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.access.radius.DisconnectStore.Order;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.Signature;
import tongguan.access.radius.wire.Type;
import tongguan.base.Limits;

/** Says an order to a gateway once, and hears what it answers (RFC 5176 §2). */
final class Ordering {
  private static final Logger LOG = LoggerFactory.getLogger(Ordering.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Set<Code> OF_DISCONNECT = Set.of(Code.DISCONNECT_ACK, Code.DISCONNECT_NAK);
  private static final Set<Code> OF_CHANGE = Set.of(Code.CHANGE_ACK, Code.CHANGE_NAK);

  private final Clock clock;
  private final InetAddress from;

  /**
   * @param from our end of the link to the gateways, which its protection may be bound to
   */
  Ordering(Clock clock, InetAddress from) {
    this.clock = clock;
    this.from = from;
  }

  /** What came back. */
  sealed interface Heard {
    record Acknowledged() implements Heard {}

    /**
     * @param cause Error-Cause (RFC 5176 §3.5); 0 where none was told
     */
    record Refused(long cause) implements Heard {}

    record Nothing() implements Heard {}
  }

  /** From a port of its own each time, so that nobody else's answer can be meant. */
  Heard say(Order order, Gateway gateway) {
    byte[] request = request(order, gateway);
    try (DatagramSocket socket = new DatagramSocket(0, from)) {
      socket.connect(gateway.address(), gateway.dynamicPort());
      socket.send(new DatagramPacket(request, request.length));
      return hear(socket, order, gateway, request);
    } catch (IOException unreachable) {
      LOG.debug("gateway {} cannot be reached", gateway.name(), unreachable);
      return new Heard.Nothing();
    }
  }

  /**
   * What names the session (RFC 5176 §3, 3GPP TS 29.061 §16.4.8). The second way shortens it to its
   * next second.
   */
  private byte[] request(Order order, Gateway gateway) {
    Code code = order.change() ? Code.CHANGE_REQUEST : Code.DISCONNECT_REQUEST;
    Draft draft = Draft.of(code, RANDOM.nextInt(256));
    draft.with(Type.EVENT_TIMESTAMP, clock.instant().getEpochSecond());
    text(draft, Type.USER_NAME, order.userName());
    text(draft, Type.NAS_IDENTIFIER, order.nasIdentifier());
    if (!order.nasAddress().isEmpty()) {
      address(
          draft,
          InetAddress.ofLiteral(order.nasAddress()),
          Type.NAS_IP_ADDRESS,
          Type.NAS_IPV6_ADDRESS);
    }
    text(draft, Type.ACCT_SESSION_ID, order.number());
    text(draft, Type.CALLING_STATION_ID, order.msisdn());
    address(draft, order.address(), Type.FRAMED_IP_ADDRESS, Type.FRAMED_IPV6_ADDRESS);
    if (order.change()) {
      draft.with(Type.SESSION_TIMEOUT, 1);
    }
    return draft.asking(gateway.secret());
  }

  private static void text(Draft draft, int type, String text) {
    if (!text.isEmpty()) {
      draft.with(type, text);
    }
  }

  private static void address(Draft draft, InetAddress address, int four, int six) {
    draft.with(address instanceof Inet4Address ? four : six, address);
  }

  /** What is not a true answer is passed over, until the time is up. */
  private static Heard hear(DatagramSocket socket, Order order, Gateway gateway, byte[] request)
      throws IOException {
    Packet sent = (Packet) Packet.parse(request, request.length);
    byte[] buffer = new byte[Limits.RADIUS_PACKET_BYTES + 1];
    long end = System.nanoTime() + Limits.DISCONNECT_WAIT.toNanos();
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
      DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(datagram);
      } catch (SocketTimeoutException nothing) {
        break;
      }
      if (Packet.parse(buffer, datagram.getLength()) instanceof Packet answer
          && answer.identifier() == sent.identifier()
          && (order.change() ? OF_CHANGE : OF_DISCONNECT).contains(answer.code())
          && Signature.holds(
              answer, gateway.secret(), sent, gateway.signing() == Signature.Place.FIRST)) {
        boolean done = answer.code() == Code.DISCONNECT_ACK || answer.code() == Code.CHANGE_ACK;
        return done
            ? new Heard.Acknowledged()
            : new Heard.Refused(answer.number(Type.ERROR_CAUSE).orElse(0));
      }
    }
    return new Heard.Nothing();
  }
}
