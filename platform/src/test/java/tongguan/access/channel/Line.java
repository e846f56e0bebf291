package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Folders;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.fleet.authority.FleetFolder;

/**
 * An installation whose door is of the platform's own authority, an office at 127.20.0.0/16 where
 * devices show their certificates, and the administrator who enrols them.
 */
final class Line implements AutoCloseable {
  static final List<String> NAMES = List.of("127.0.0.1", "customs.test");

  final DatabaseUrl url = TestDatabase.fresh(Platform.ROOMS);
  final Path keys;
  private final List<Platform> nodes = new ArrayList<>();
  final Platform platform;
  private final SignedIn administrator;
  private int count;

  Line() {
    try {
      keys = Files.createTempDirectory("tongguan-keys");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    platform = node();
    execute("update identity.role set second_factor = false");
    execute(
        """
        insert into access.zone (name, kind, network, certificate)
        values ('office', 'office', '127.20.0.0/16', false)
        """);
    SignedIn.account(platform, "admin", "HQ", 1, "headquarters-administrator", "all");
    administrator = SignedIn.stranger(platform, "admin").in();
  }

  /** One more node, with the same keys. */
  Platform node() {
    Platform node = new Platform(url, url, 0, Clock.systemUTC());
    node.channel().open(new FleetFolder(keys));
    node.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        node.channel().authority().serverIdentity(NAMES),
        NAMES,
        List.of());
    node.start();
    nodes.add(node);
    return node;
  }

  void execute(String sql, Object... values) {
    TestDatabase.execute(url, sql.formatted(values));
  }

  String value(String sql, Object... values) {
    return TestDatabase.text(url, sql.formatted(values));
  }

  SignedIn administrator() {
    return administrator;
  }

  /** A notebook of unit A in the registry, handed out, and not enrolled. */
  Steward aDevice() {
    UUID id = UUID.randomUUID();
    String serial = "NB-%05d".formatted(++count);
    execute(
        """
        insert into fleet.device (id, serial, kind, unit, state, holder)
        select '%s', '%s', 'notebook', 'A', 'assigned', id from identity.account where name = 'admin'
        """,
        id, serial);
    return new Steward(this, id, serial, "127.20.%d.%d".formatted(count >> 8, count & 0xFF));
  }

  /** A code, as the administrator is shown it. */
  String code(Steward steward) {
    var made =
        administrator.make(
            "/api/v1/devices/" + steward.id + "/enrolment", Map.of("reason", "new device"));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    return SignedIn.json(made).path("code").stringValue();
  }

  long tell(Steward steward, Map<String, ?> command) {
    var told = administrator.make("/api/v1/devices/" + steward.id + "/command", command);
    assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    return SignedIn.json(told).path("number").longValue();
  }

  @Override
  public void close() {
    nodes.forEach(Platform::close);
    try {
      Folders.delete(keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
