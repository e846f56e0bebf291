package tongguan.access.radius;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Limits;
import tongguan.base.StartFailure;

/** A UDP port whose datagrams several threads take in. */
final class UdpPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);

  /** Bursts wait here while we are at work. */
  private static final int BUFFER_BYTES = 4 * 1024 * 1024;

  private final DatagramChannel channel;
  private final Intake intake;

  private UdpPort(DatagramChannel channel, Intake intake) {
    this.channel = channel;
    this.intake = intake;
  }

  /**
   * @throws StartFailure where the address is not to be had
   */
  static UdpPort open(InetSocketAddress address, Intake intake) {
    try {
      DatagramChannel channel =
          DatagramChannel.open(
              address.getAddress() instanceof Inet6Address
                  ? StandardProtocolFamily.INET6
                  : StandardProtocolFamily.INET);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
      channel.bind(address);
      UdpPort port = new UdpPort(channel, intake);
      for (int thread = 1; thread <= Limits.RADIUS_RECEIVERS; thread++) {
        Thread.ofPlatform()
            .daemon()
            .name("radius-" + port.number() + '-' + thread)
            .start(port::receive);
      }
      return port;
    } catch (IOException e) {
      throw StartFailure.environment(
          "RADIUS cannot listen at %s:%d (%s); change %s, or end what uses that port."
              .formatted(
                  address.getHostString(),
                  address.getPort(),
                  e.getMessage(),
                  RadiusSettings.VARIABLE));
    }
  }

  int number() throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void receive() {
    // One byte more than a packet can have shows which ones are too long.
    ByteBuffer buffer = ByteBuffer.allocate(Limits.RADIUS_PACKET_BYTES + 1);
    while (channel.isOpen()) {
      try {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        intake.take(buffer.array(), buffer.position(), from, answer -> send(answer, from));
      } catch (ClosedChannelException closing) {
        return;
      } catch (IOException e) {
        LOG.warn("a datagram could not be read", e);
      } catch (RuntimeException fault) {
        LOG.error("a datagram met a fault of our own", fault);
      }
    }
  }

  private void send(byte[] answer, InetSocketAddress to) {
    try {
      channel.send(ByteBuffer.wrap(answer), to);
    } catch (IOException lost) {
      // As if it were lost on the way: the gateway asks again.
      LOG.debug("an answer could not be sent", lost);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a port", e);
    }
  }
}
