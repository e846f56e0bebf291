package tongguan.access.radius;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.Parsed;
import tongguan.access.radius.wire.Signature;
import tongguan.access.radius.wire.Type;
import tongguan.base.Limits;

/**
 * What comes in at a port, until it is known to be a request of one of our gateways. On any doubt
 * it is dropped without a word (rule 27), and counted.
 */
final class Intake {
  private final Code expected;
  private final Gateways gateways;
  private final Clock clock;
  private final Predicate<Request> next;
  private final MeterRegistry registry;
  private final Answers answers = new Answers();

  /**
   * @param expected the kind of request that this port is for, besides Status-Server
   * @param next takes a good request; false where it cannot
   */
  Intake(
      Code expected,
      Gateways gateways,
      Clock clock,
      Predicate<Request> next,
      MeterRegistry registry) {
    this.expected = expected;
    this.gateways = gateways;
    this.clock = clock;
    this.next = next;
    this.registry = registry;
  }

  /** Looks at the first {@code size} bytes; they may be used again afterwards. */
  void take(byte[] bytes, int size, InetSocketAddress from, Consumer<byte[]> wire) {
    count(outcome(bytes, size, from, wire));
  }

  private String outcome(byte[] bytes, int size, InetSocketAddress from, Consumer<byte[]> wire) {
    Optional<Gateway> gateway = gateways.at(from.getAddress());
    if (gateway.isEmpty()) {
      return "unknown-client";
    }
    return switch (Packet.parse(bytes, size)) {
      case Parsed.Malformed malformed -> malformed.why();
      case Packet packet -> outcome(packet, gateway.get(), from, wire);
    };
  }

  private String outcome(
      Packet packet, Gateway gateway, InetSocketAddress from, Consumer<byte[]> wire) {
    if (packet.code() != expected && packet.code() != Code.STATUS_SERVER) {
      return "code";
    }
    if (!Signature.holds(packet, gateway.secret(), gateway.signing())) {
      return "signature";
    }
    if (!isOfNow(packet)) {
      return "time";
    }
    return switch (answers.of(from, packet)) {
      case Answers.Earlier.Pending _ -> "pending";
      case Answers.Earlier.Answered earlier -> {
        wire.accept(earlier.answer());
        yield "again";
      }
      case Answers.Earlier.None none -> {
        Request request = new Request(gateway, packet, none.ticket(), wire);
        if (next.test(request)) {
          yield "taken";
        }
        request.drop();
        yield "full";
      }
    };
  }

  private boolean isOfNow(Packet packet) {
    OptionalLong seconds = packet.number(Type.EVENT_TIMESTAMP);
    return seconds.isEmpty()
        || Duration.between(Instant.ofEpochSecond(seconds.getAsLong()), clock.instant())
                .abs()
                .compareTo(Limits.RADIUS_WINDOW)
            <= 0;
  }

  private void count(String outcome) {
    registry
        .counter(
            "radius_requests",
            "port",
            expected == Code.ACCESS_REQUEST ? "auth" : "acct",
            "outcome",
            outcome)
        .increment();
  }
}
