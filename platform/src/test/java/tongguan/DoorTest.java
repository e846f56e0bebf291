package tongguan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.base.http.TestAuthority;
import tongguan.base.http.TlsIdentity;
import tongguan.fleet.authority.Authority;

/** How the door with TLS is set up, what it shows, and how that is renewed. */
class DoorTest {
  private static final Optional<String> ANYWHERE = Optional.of("127.0.0.1:0");

  @TempDir Path folder;
  private final TestAuthority site = new TestAuthority("site");

  private Path pem(String name, String label, byte[] der) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(der), label));
  }

  private Map<String, String> files(TestAuthority.Holder server) throws Exception {
    return Map.of(
        DoorSettings.CERTIFICATE,
        pem("server.pem", "CERTIFICATE", server.certificate().getEncoded()).toString(),
        DoorSettings.KEY,
        pem("server.key", "PRIVATE KEY", server.keys().getPrivate().getEncoded()).toString());
  }

  private static DoorIdentity door(List<String> names, Map<String, String> environment) {
    return new DoorIdentity(
        DoorSettings.of(ANYWHERE, names, environment).orElseThrow(),
        new Authority(Clock.systemUTC()),
        Clock.systemUTC());
  }

  private static void refuses(String sentence, Runnable start) {
    assertThatThrownBy(start::run).isInstanceOf(StartFailure.class).hasMessageContaining(sentence);
  }

  @Test
  void theOptionsAreReadAsTheyAreMeant() {
    DoorSettings door =
        DoorSettings.of(
                Optional.of("[::1]:8443"),
                List.of("Customs.Example", "10.1.2.3", "customs.example", "2001:db8::1"),
                Map.of(DoorSettings.BALANCERS, " 10.0.0.0/29, 2001:db8::/64 "))
            .orElseThrow();

    assertThat(door.address()).isEqualTo(new InetSocketAddress("::1", 8443));
    assertThat(door.names()).containsExactly("customs.example", "10.1.2.3", "2001:db8::1");
    assertThat(door.balancers()).hasToString("[10.0.0.0/29, 2001:db8:0:0:0:0:0:0/64]");
    assertThat(DoorSettings.of(Optional.empty(), List.of(), Map.of())).isEmpty();
  }

  @Test
  void whatCannotBeMeantIsSaid() {
    List<String> name = List.of("customs.test");
    refuses(
        "TONGGUAN_TLS_CERTIFICATE and TONGGUAN_TLS_KEY go together",
        () -> DoorSettings.of(ANYWHERE, name, Map.of(DoorSettings.KEY, "key.pem")));
    refuses(
        "TONGGUAN_BALANCERS means nothing without --tls",
        () ->
            DoorSettings.of(
                Optional.empty(), List.of(), Map.of(DoorSettings.BALANCERS, "10.0.0.0/8")));
    for (String wrong : List.of("10.0.0.1/8", "10.0.0.1", "balancer", "10.0.0.0/33", "::/129")) {
      refuses(
          "TONGGUAN_BALANCERS \"" + wrong + "\" is not a network",
          () -> DoorSettings.of(ANYWHERE, name, Map.of(DoorSettings.BALANCERS, wrong)));
    }
  }

  @Test
  void filesThatAreNoneOrDoNotBelongTogetherAreNamed() throws Exception {
    TestAuthority.Holder server = site.server();
    Map<String, String> good = files(server);
    assertThat(door(List.of(), good).names(door(List.of(), good).now()))
        .containsExactly("localhost", "customs.test", "127.0.0.1");

    Path other = pem("other.key", "PRIVATE KEY", site.server().keys().getPrivate().getEncoded());
    Path old = pem("old.key", "EC PRIVATE KEY", server.keys().getPrivate().getEncoded());
    String certificate = good.getOrDefault(DoorSettings.CERTIFICATE, "");
    refuses(
        "The key in " + other + " is not that of the certificate",
        () -> started(certificate, other.toString()));
    refuses(old + " is not a readable private key", () -> started(certificate, old.toString()));
    refuses(
        old + " is not a readable file of PEM certificates",
        () -> started(old.toString(), old.toString()));
    refuses(
        "is not for elsewhere.test, but for [localhost, customs.test, 127.0.0.1]",
        () -> door(List.of("elsewhere.test"), good).names(door(List.of(), good).now()));
    refuses(
        "names no host",
        () -> {
          Map<String, String> nameless = nameless();
          door(List.of(), nameless).names(door(List.of(), nameless).now());
        });
  }

  private Map<String, String> nameless() {
    try {
      return files(site.client("nameless"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void started(String certificate, String key) {
    TlsIdentity _ =
        door(List.of(), Map.of(DoorSettings.CERTIFICATE, certificate, DoorSettings.KEY, key)).now();
  }

  @Test
  void changedFilesAreReadAgainAndHalfWrittenOnesLater() throws Exception {
    Map<String, String> files = files(site.server());
    Path certificate = Path.of(files.getOrDefault(DoorSettings.CERTIFICATE, ""));
    DoorIdentity door = door(List.of(), files);
    assertThat(door.renewed()).isEmpty();

    Files.writeString(certificate, "half");
    later(certificate, 1);
    assertThat(door.renewed()).isEmpty();

    TestAuthority.Holder next = site.server();
    files(next);
    later(certificate, 2);
    assertThat(door.renewed().orElseThrow().chain()).containsExactly(next.certificate());
    assertThat(door.renewed()).isEmpty();
  }

  private static void later(Path file, int minutes) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofMinutes(minutes))));
  }

  @Test
  void theOwnCertificateIsRenewedAfterAThirdOfItsLife() {
    Moving clock = new Moving();
    DoorIdentity door =
        new DoorIdentity(
            DoorSettings.of(ANYWHERE, List.of("customs.test"), Map.of()).orElseThrow(),
            new Authority(clock),
            clock);
    X509Certificate first = door.now().chain().getFirst();

    clock.now = clock.now.plus(Duration.ofDays(29));
    assertThat(door.renewed()).isEmpty();
    clock.now = clock.now.plus(Duration.ofDays(2));
    X509Certificate second = door.renewed().orElseThrow().chain().getFirst();

    assertThat(second.getNotAfter()).isAfter(first.getNotAfter());
    assertThat(door.renewed()).isEmpty();
  }

  private static final class Moving extends Clock {
    private Instant now = Instant.now();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @Test
  void thePlatformShowsWhatItWasGivenAndWithoutThatWhatItsOwnAuthorityMakes() throws Exception {
    assertThat(shown(DoorSettings.of(ANYWHERE, List.of(), files(site.server())).orElseThrow()))
        .isEqualTo("CN=site");
    assertThat(shown(DoorSettings.of(ANYWHERE, List.of("customs.test"), Map.of()).orElseThrow()))
        .isNotEqualTo("CN=site");
  }

  /** Who signed what a stranger is shown. */
  private static String shown(DoorSettings settings) throws Exception {
    DatabaseUrl url = TestDatabase.fresh(Platform.ROOMS);
    try (Platform platform = new Platform(url, url, 0, Clock.systemUTC())) {
      platform.listen(settings);
      platform.start();
      try (Socket socket =
          new BlindTrust()
              .context()
              .getSocketFactory()
              .createSocket("127.0.0.1", platform.securePort())) {
        SSLSocket secure = (SSLSocket) socket;
        secure.startHandshake();
        X509Certificate certificate =
            (X509Certificate) secure.getSession().getPeerCertificates()[0];
        return certificate.getIssuerX500Principal().getName();
      }
    }
  }
}
