package tongguan.access;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.base.http.TestAuthority;
import tongguan.identity.PasswordCost;

/**
 * A platform with its door with TLS, and what is around it: a private APN at 127.10.0.0/16, an
 * office that asks for a device's certificate at 127.20.0.0/16, and one that does not at
 * 127.30.0.0/16. Whatever comes from elsewhere on this machine is in no zone.
 */
public final class Field implements AutoCloseable {
  public static final List<String> NAMES = List.of("customs.test", "127.0.0.1");

  public final DatabaseUrl url;
  public final TestAuthority authority = new TestAuthority("devices");
  public final Platform platform;
  private final PasswordCost cost;
  private int count;

  public Field() {
    this(TestDatabase.fresh(Platform.ROOMS));
  }

  public Field(DatabaseUrl url) {
    this(url, PasswordCost.STANDARD);
  }

  /** With passwords that cost less, where very many are tried. */
  public Field(PasswordCost cost) {
    this(TestDatabase.fresh(Platform.ROOMS), cost);
  }

  private Field(DatabaseUrl url, PasswordCost cost) {
    this.url = url;
    this.cost = cost;
    this.platform = node();
    TestDatabase.execute(
        url,
        """
        insert into access.zone (name, kind, network, certificate) values
          ('apn', 'apn', '127.10.0.0/16', true),
          ('office', 'office', '127.20.0.0/16', true),
          ('headquarters', 'office', '127.30.0.0/16', false);
        insert into access.gateway (name, address, apns, secret)
        values ('operator', '127.99.0.1', '{customs}', decode(repeat('00', 32), 'hex'));
        insert into identity.account (id, name, name_zh, name_en, unit, offline_key)
        values ('00000000-0000-7000-8000-000000000001', 'holder', '保管人', 'Holder', 'A',
          decode(repeat('00', 32), 'hex'));
        """);
  }

  /** One more node on the same database. */
  public Platform node() {
    Platform node = new Platform(url, url, 0, Clock.systemUTC(), cost);
    node.listen(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        authority.identity(authority),
        NAMES,
        List.of());
    node.start();
    return node;
  }

  /** A PDA in stock, with a certificate, of unit A. */
  public TestDevice aDevice() {
    return new TestDevice(this, ++count);
  }

  /** A client that comes from this address and shows this certificate. */
  public HttpClient client(String from, TestAuthority.Holder... certificate) {
    return client(from, authority.context(certificate));
  }

  static HttpClient client(String from, SSLContext context) {
    return HttpClient.newBuilder()
        .sslContext(context)
        .localAddress(InetAddress.ofLiteral(from))
        .version(HttpClient.Version.HTTP_1_1)
        .build();
  }

  /** Someone before a browser, coming from there. */
  public SignedIn stranger(String name, HttpClient client) {
    return SignedIn.stranger(platform, name).over(client, platform.securePort());
  }

  public String value(String sql) {
    return TestDatabase.text(url, sql);
  }

  public void execute(String sql) {
    TestDatabase.execute(url, sql);
  }

  @Override
  public void close() {
    platform.close();
  }
}
