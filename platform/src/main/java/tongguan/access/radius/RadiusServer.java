package tongguan.access.radius;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import tongguan.access.radius.wire.Code;

/** The two ports of RADIUS and the work behind them. */
final class RadiusServer implements AutoCloseable {
  private final Lanes<Request> authentications;
  private final Lanes<Request> accountings;
  private final UdpPort authentication;
  private final UdpPort accounting;

  RadiusServer(
      RadiusSettings settings,
      Gateways gateways,
      Authentication deciding,
      Accounting keeping,
      Clock clock,
      MeterRegistry registry) {
    this.authentications = new Lanes<>("radius-auth", deciding::answer, Request::drop);
    this.accountings = new Lanes<>("radius-acct", keeping::answer, Request::drop);
    this.authentication =
        UdpPort.open(
            new InetSocketAddress(settings.address(), settings.authentication()),
            new Intake(Code.ACCESS_REQUEST, gateways, clock, authentications::offer, registry));
    this.accounting =
        UdpPort.open(
            new InetSocketAddress(settings.address(), settings.accounting()),
            new Intake(Code.ACCOUNTING_REQUEST, gateways, clock, accountings::offer, registry));
  }

  int authenticationPort() {
    return number(authentication);
  }

  int accountingPort() {
    return number(accounting);
  }

  private static int number(UdpPort port) {
    try {
      return port.number();
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  @Override
  public void close() {
    authentication.close();
    accounting.close();
    authentications.close();
    accountings.close();
  }
}
