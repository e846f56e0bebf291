package tongguan.access.radius;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;

/** A node of the platform that listens for gateways on free ports of loopback. */
final class RadiusNode implements AutoCloseable {
  final Platform platform;

  RadiusNode(DatabaseUrl url, Path data) {
    this(url, data, InetAddress.getLoopbackAddress());
  }

  /** At another address than loopback's. */
  RadiusNode(DatabaseUrl url, Path data, InetAddress address) {
    platform = new Platform(url, url, 0, Clock.systemUTC());
    platform.open(data);
    platform.radius().listen(new RadiusSettings(address, 0, 0));
  }

  RadiusNode start() {
    platform.start();
    return this;
  }

  int auth() {
    return platform.radius().authenticationPort();
  }

  int acct() {
    return platform.radius().accountingPort();
  }

  @Override
  public void close() {
    platform.close();
  }
}
