package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.identity.directory.ForgedService;
import tongguan.identity.directory.OidcSettings;
import tongguan.identity.directory.Patience;

/** A sign-on service, or someone in its place, that answers what it should not (P19, P21, F15). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTokenHttpTest {
  private static final Patience SHORT = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10));

  private DatabaseUrl url;
  private Platform platform;
  private Path folder;
  private volatile Duration later = Duration.ZERO;
  private ForgedService service;

  @BeforeAll
  void start(@TempDir Path temporary) {
    folder = temporary;
    url = TestDatabase.empty();
    platform = new Platform(url, url, 0, new Ahead());
    platform.identity().open(folder);
    platform.start();
    TestDatabase.execute(
        url, "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
    SignedIn.account(platform, "officer", "A", 0, "officer", "all");
    TestDatabase.execute(
        url, "update identity.account set source = 'oidc', subject = 'me', password = null");
  }

  @BeforeEach
  void join() throws Exception {
    if (service != null) {
      service.close();
    }
    later = Duration.ZERO;
    service = new ForgedService();
    String redirect = "http://127.0.0.1:" + platform.port() + OidcSettings.CALLBACK;
    platform
        .identity()
        .join(OidcSettings.of(service.settings(redirect, folder)).orElseThrow().within(SHORT));
  }

  @AfterAll
  void stop() {
    platform.close();
    service.close();
  }

  /** One way there and back, with a token made for the nonce of that attempt. */
  private String walk(Function<String, String> token) {
    SignedIn officer = SignedIn.stranger(platform, "officer");
    String left = location(officer.get("/api/v1/login/oidc"));
    if (left.startsWith("/")) {
      return left;
    }
    String nonce = left.replaceAll(".*[?&]nonce=([^&]*).*", "$1");
    String state = left.replaceAll(".*[?&]state=([^&]*).*", "$1");
    service.token = () -> token.apply(nonce);
    String came = location(officer.get("/api/v1/login/oidc/callback?code=any&state=" + state));
    assertThat(officer.cookie().contains("__Host-tongguan=")).isEqualTo(came.equals("/"));
    return came;
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
    return response.headers().firstValue("Location").orElseThrow();
  }

  private JWTClaimsSet.Builder claims(String nonce) {
    Instant now = Clock.systemUTC().instant();
    return new JWTClaimsSet.Builder()
        .issuer(service.issuer)
        .subject("me")
        .audience("tongguan")
        .claim("nonce", nonce)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  private String signed(JWTClaimsSet.Builder claims) {
    return signed(claims, service.key);
  }

  private static String signed(JWTClaimsSet.Builder claims, RSAKey key) {
    try {
      return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(key), key.getKeyID());
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String signed(
      JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer, String key)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims.build());
    token.sign(signer);
    return token.serialize();
  }

  @Test
  void aGoodTokenLetsInAndEachPlantedFaultIsRefused() throws Exception {
    RSAKey foreign = new RSAKeyGenerator(2048).keyID("k1").generate();
    Date past = Date.from(Clock.systemUTC().instant().minus(Duration.ofHours(1)));
    byte[] publicKey = service.key.toRSAPublicKey().getEncoded();
    Map<String, Function<String, String>> forged = new LinkedHashMap<>();
    forged.put("another issuer", n -> signed(claims(n).issuer(service.issuer + "/other")));
    forged.put("no issuer", n -> signed(claims(n).issuer(null)));
    forged.put("another audience", n -> signed(claims(n).audience("other")));
    forged.put(
        "handed out to another", n -> signed(claims(n).audience(List.of("tongguan", "other"))));
    forged.put("authorised party", n -> signed(claims(n).claim("azp", "other")));
    forged.put("another nonce", n -> signed(claims("other")));
    forged.put("no nonce", n -> signed(claims(n).claim("nonce", null)));
    forged.put("expired", n -> signed(claims(n).expirationTime(past)));
    forged.put("never expires", n -> signed(claims(n).expirationTime(null)));
    forged.put("no one", n -> signed(claims(n).subject(null)));
    forged.put("someone else", n -> signed(claims(n).subject("Me")));
    forged.put("another key", n -> signed(claims(n), foreign));
    forged.put("alg none", n -> new PlainJWT(claims(n).build()).serialize());
    forged.put(
        "alg none and a signature",
        n -> new PlainJWT(claims(n).build()).serialize() + "c2lnbmF0dXJl");
    forged.put("the public key as a secret", n -> mac(claims(n), publicKey));
    forged.put(
        "the client's secret as a key",
        n -> mac(claims(n), "a secret of forty characters for testing".getBytes(UTF_8)));
    forged.put("changed after it was signed", n -> spoilt(signed(claims(n))));
    forged.put("not a token", n -> "<html>");

    assertThat(walk(n -> signed(claims(n)))).isEqualTo("/");
    forged.forEach(
        (fault, token) -> assertThat(walk(token)).as(fault).isEqualTo("/?sign-on=refused"));
    assertThat(walk(n -> signed(claims(n)))).as("and the good one again").isEqualTo("/");
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  private static String mac(JWTClaimsSet.Builder claims, byte[] secret) {
    try {
      return signed(claims, JWSAlgorithm.HS256, new MACSigner(secret), "k1");
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /** The same signature under the claims of another. */
  private String spoilt(String token) {
    String[] parts = token.split("\\.");
    String claims = new String(java.util.Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    parts[1] =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(claims.replace("300", "301").replace("}", " }").getBytes(UTF_8));
    return String.join(".", parts);
  }

  @Test
  void aServiceThatAnswersWhatItShouldNotIsAwayAndAsksNobodyElse() throws Exception {
    try (ServerSocket canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String elsewhere = "http://127.0.0.1:" + canary.getLocalPort();
      for (Map<String, Object> lie :
          List.<Map<String, Object>>of(
              Map.of("issuer", elsewhere),
              Map.of("jwks_uri", elsewhere + "/keys"),
              Map.of("token_endpoint", elsewhere + "/token"),
              Map.of("authorization_endpoint", "http://attacker.test/"))) {
        join();
        service.changes = lie;
        assertThat(walk(n -> signed(claims(n)))).as(lie.toString()).isEqualTo("/?sign-on=away");
      }
      join();
      service.tokenEndpoint =
          exchange -> {
            exchange.getResponseHeaders().add("Location", elsewhere + "/token");
            ForgedService.say(exchange, 307, "{}");
          };
      assertThat(walk(n -> signed(claims(n)))).isEqualTo("/?sign-on=refused");
      canary.setSoTimeout(300);
      org.assertj.core.api.Assertions.assertThatThrownBy(canary::accept)
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aServiceThatIsHugeSlowOrBrokenIsAwayInTimeAndThenLeftAlone() throws Exception {
    service.tokenEndpoint = exchange -> ForgedService.say(exchange, 200, " ".repeat(10 << 20));
    assertThat(walk(n -> "")).isEqualTo("/?sign-on=away");
    service.tokenEndpoint = exchange -> ForgedService.say(exchange, 500, "{}");
    assertThat(walk(n -> "")).isEqualTo("/?sign-on=away");
    service.tokenEndpoint = ForgedTokenHttpTest::drip;
    long started = System.nanoTime();
    assertThat(walk(n -> "")).isEqualTo("/?sign-on=away");
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isLessThan(SHORT.answer().plusMillis(1500));

    int asked = service.asked.get();
    service.tokenEndpoint = service::honest;
    assertThat(walk(n -> signed(claims(n)))).isEqualTo("/?sign-on=away");
    assertThat(service.asked.get()).isEqualTo(asked);
  }

  private static void drip(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    try (exchange) {
      for (int i = 0; i < 1000; i++) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
        java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
      }
    }
  }

  @Test
  void newKeysOfTheServiceAreFetchedButNotForEveryForgedOne() throws Exception {
    assertThat(walk(n -> signed(claims(n)))).isEqualTo("/");
    RSAKey next = new RSAKeyGenerator(2048).keyID("k2").generate();
    service.keys = new JWKSet(List.of(service.key.toPublicJWK(), next.toPublicJWK()));

    assertThat(walk(n -> signed(claims(n), next)))
        .as("the kept keys are a moment old")
        .isEqualTo("/?sign-on=refused");
    later = Duration.ofSeconds(31);
    assertThat(walk(n -> signed(claims(n), next))).isEqualTo("/");
  }

  /** The platform's clock, which can be put forward. */
  private final class Ahead extends Clock {
    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(later);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
