package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;
import tongguan.base.Json;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebHostTest {
  private static final Set<Thread.State> WAITS_OR_IS_DONE =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

  private TestHost host;

  @BeforeAll
  void start() {
    host = new TestHost().opened();
  }

  @AfterAll
  void stop() {
    host.close();
  }

  private Wire.Answer get(String path, String... headers) {
    return ask("GET", path, headers);
  }

  private Wire.Answer ask(String method, String path, String... headers) {
    return host.send(head(method, path, headers) + "Connection: close\r\n\r\n").only();
  }

  private static String head(String method, String path, String... headers) {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }

  private Wire.Answer echo(byte[] body, String... headers) {
    byte[] head =
        (head("POST", "/echo", headers)
                + "Content-Length: "
                + body.length
                + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head);
    request.writeBytes(body);
    return Wire.send(host.port(), request.toByteArray(), 5_000).only();
  }

  private static JsonNode problem(Wire.Answer answer) throws Json.Malformed {
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    JsonNode problem = Json.read(answer.body());
    assertThat(problem.path("status").intValue()).isEqualTo(answer.status());
    assertThat(problem.path("correlation").stringValue())
        .isEqualTo(answer.header("X-Correlation-Id").orElseThrow());
    return problem;
  }

  @Test
  void whatNobodyExpectedIsInTheLogWithItsCauseAndTheCorrelationOfTheAnswer()
      throws Json.Malformed {
    Logger log = (Logger) LoggerFactory.getLogger("traffic");
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    log.addAppender(heard);
    try {
      String correlation = problem(get("/boom")).path("correlation").stringValue();

      ILoggingEvent entry =
          List.copyOf(heard.list).stream()
              .filter(event -> event.getLevel() == Level.ERROR)
              .filter(event -> event.getKeyValuePairs().toString().contains(correlation))
              .findFirst()
              .orElseThrow();
      assertThat(entry.getMessage()).isEqualTo("unexpected failure");
      assertThat(entry.getThrowableProxy().getClassName()).endsWith("Exception");
    } finally {
      log.detachAppender(heard);
    }
  }

  @Test
  void anUnforeseenFailureSaysNothingOfTheInside() throws Json.Malformed {
    Wire.Answer answer = get("/boom");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(problem(answer).path("code").stringValue()).isEqualTo("internal");
    assertThat(answer.text()).doesNotContain("jdbc", "Exception");
  }

  @Test
  void aProblemIsInTheReadersLanguageAndCarriesNoTagOfAGoodAnswer() throws Json.Malformed {
    Wire.Answer chinese = get("/problem");
    Wire.Answer english = get("/problem", "Accept-Language: en-GB,en;q=0.9");

    assertThat(problem(chinese).path("title").stringValue()).isEqualTo("忙碌");
    assertThat(problem(english).path("title").stringValue()).isEqualTo("busy");
    assertThat(english.header("Content-Language")).contains("en");
    assertThat(english.header("Retry-After")).contains("7");
    assertThat(english.header("ETag")).isEmpty();
    assertThat(problem(english).path("queue").intValue()).isEqualTo(3);
  }

  @Test
  void aRequestBeforeAnyRouteIsRefusedWithAProblemToo() throws Json.Malformed {
    Wire.Answer answer = host.send("GET /hello HTTP/1.1\r\nAccept-Language: en\r\n\r\n").only();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(problem(answer).path("code").stringValue()).isEqualTo("malformed-request");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
  }

  @Test
  void everyAnswerTellsTheBrowserToDoNoMoreThanItShould() {
    List<Wire.Answer> answers =
        List.of(
            get("/hello"),
            get("/"),
            get("/assets/app-1a2b.js"),
            get("/nothing.js"),
            get("/boom"),
            get("/problem"),
            get("/item/%FF"),
            ask("DELETE", "/hello"),
            ask("POST", "/echo", "Content-Length: 0"),
            host.send("nonsense\r\n\r\n").only());

    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.header("Content-Security-Policy").orElseThrow())
              .contains("default-src 'none'", "frame-ancestors 'none'")
              .doesNotContain("unsafe-inline", "'unsafe-eval'", "http:", "https:");
          assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
          assertThat(answer.header("Referrer-Policy")).contains("no-referrer");
          assertThat(answer.header("Cross-Origin-Opener-Policy")).contains("same-origin");
          assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
          assertThat(answer.header("Cache-Control")).isPresent();
          assertThat(answer.header("X-Correlation-Id")).isPresent();
          assertThat(answer.header("Server")).isEmpty();
        });
    assertThat(get("/").header("Content-Security-Policy").orElseThrow())
        .contains("require-trusted-types-for 'script'", "script-src 'self'");
  }

  @Test
  void aSecondLookAtTheSameContentCostsNoBody() {
    String tag = get("/big").header("ETag").orElseThrow();

    Wire.Answer again = get("/big", "If-None-Match: \"other\", " + tag);

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/big", "If-None-Match: \"other\"").status()).isEqualTo(200);
  }

  @Test
  void aLargeAnswerIsCompressedForWhoTakesItAndTaggedApart() throws IOException {
    Wire.Answer plain = get("/big");
    Wire.Answer packed = get("/big", "Accept-Encoding: br, gzip");

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(packed.header("Content-Encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(packed.body().length).isLessThan(plain.body().length / 5);
    assertThat(packed.header("ETag")).isNotEqualTo(plain.header("ETag"));
    assertThat(packed.header("Vary").orElseThrow()).contains("Accept-Encoding");
    assertThat(get("/big", "Accept-Encoding: gzip;q=0").header("Content-Encoding")).isEmpty();
    assertThat(get("/hello", "Accept-Encoding: gzip").header("Content-Encoding")).isEmpty();
  }

  @Test
  void headersAloneAreTheSameAsThoseOfTheAnswer() {
    Wire.Reply reply = host.send(head("HEAD", "/big") + "Connection: close\r\n\r\n");

    String text = new String(reply.rest(), StandardCharsets.UTF_8);
    assertThat(text).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
    assertThat(text).contains("Content-Length: " + TestHost.BIG.length);
    assertThat(text).contains(get("/big").header("ETag").orElseThrow());
  }

  @Test
  void aCompressedBodyIsTakenAndItsLimitCountsAfterInflation() throws Exception {
    assertThat(
            echo(gzip(new byte[1000]), "Content-Type: text/plain", "Content-Encoding: gzip").text())
        .isEqualTo("{\"bytes\":1000}");

    byte[] bomb = gzip(new byte[40 * 1024 * 1024]);
    Wire.Answer refused =
        echo(bomb, "Content-Type: text/plain", "Content-Encoding: gzip", "Accept-Language: en");

    assertThat(bomb.length).isLessThan(TestHost.ECHO_BYTES);
    assertThat(refused.status()).isEqualTo(413);
    assertThat(problem(refused).path("limitBytes").intValue()).isEqualTo(TestHost.ECHO_BYTES);
  }

  @Test
  void aBrokenOrUnknownCodingOfABodyIsTheSendersFault() throws Exception {
    Wire.Answer broken =
        echo(new byte[] {1, 2, 3, 4}, "Content-Type: text/plain", "Content-Encoding: gzip");
    Wire.Answer unknown = echo(new byte[] {1}, "Content-Type: text/plain", "Content-Encoding: br");

    assertThat(broken.status()).isEqualTo(400);
    assertThat(problem(broken).path("code").stringValue()).isEqualTo("body-unreadable");
    assertThat(unknown.status()).isEqualTo(415);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  @Test
  void aLargeRefusedBodyStillLetsItsSenderSeeTheAnswer() throws Exception {
    Wire.Answer refused = echo(new byte[200_000], "Content-Type: text/plain");

    assertThat(refused.status()).isEqualTo(413);
  }

  @Test
  void aMethodThatAPathDoesNotTakeIsToldWhichItTakes() throws Json.Malformed {
    Wire.Answer answer = ask("DELETE", "/hello");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET, HEAD");
    assertThat(problem(answer).path("code").stringValue()).isEqualTo("method-not-allowed");
    assertThat(ask("GET", "/echo").header("Allow")).contains("POST");
  }

  @Test
  void aFormThatIsNotToBeHadIsRefused() throws Json.Malformed {
    Wire.Answer answer = get("/hello", "Accept: image/png, application/json;q=0");

    assertThat(answer.status()).isEqualTo(406);
    assertThat(problem(answer).path("available").path(0).stringValue())
        .isEqualTo("application/json");
    assertThat(get("/hello", "Accept: text/html, */*;q=0.1").status()).isEqualTo(200);
    assertThat(get("/hello", "Accept: application/*").status()).isEqualTo(200);
  }

  @Test
  void aChangeFromAForeignPageIsRefused() throws Exception {
    byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
    String type = "Content-Type: text/plain";

    assertThat(echo(body, type, "Origin: https://evil.example").status()).isEqualTo(403);
    assertThat(echo(body, type, "Origin: null").status()).isEqualTo(403);
    assertThat(echo(body, type, "Sec-Fetch-Site: cross-site").status()).isEqualTo(403);
    assertThat(echo(body, type, "Sec-Fetch-Site: same-site").status()).isEqualTo(403);
    assertThat(echo(body, type, "Origin: http://localhost", "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(200);
    assertThat(echo(body, type).status()).isEqualTo(200);
  }

  @Test
  void aBodyOfAnotherTypeIsRefusedAndToldWhichIsTaken() throws Exception {
    byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);

    Wire.Answer answer = echo(body, "Content-Type: application/x-www-form-urlencoded");

    assertThat(answer.status()).isEqualTo(415);
    assertThat(problem(answer).path("expected").path(0).stringValue()).isEqualTo("text/plain");
    assertThat(echo(body).status()).isEqualTo(415);
    assertThat(echo(body, "Content-Type: Text/Plain; charset=utf-8").status()).isEqualTo(200);
  }

  @Test
  void aParameterGivenTwiceIsRefused() throws Json.Malformed {
    assertThat(get("/query?q=a").text()).isEqualTo("{\"q\":\"a\"}");
    Wire.Answer twice = get("/query?q=a&q=b");

    assertThat(twice.status()).isEqualTo(400);
    assertThat(problem(twice).path("code").stringValue()).isEqualTo("parameter-twice");
  }

  @Test
  void aKeyAtTheEndOfAPathMayHoldASlash() {
    assertThat(get("/item/COSU612%2FH1%20x").text()).isEqualTo("{\"key\":\"COSU612/H1 x\"}");
  }

  @Test
  void anAnswerThatBreaksOffIsCutSoThatAPartIsNotTakenForTheWhole() {
    Wire.Reply reply = host.send(head("GET", "/breaks") + "\r\n");

    assertThat(reply.closed()).isTrue();
    assertThat(reply.answers()).isEmpty();
    String received = new String(reply.rest(), StandardCharsets.US_ASCII);
    assertThat(received).contains("half of it").doesNotEndWith("0\r\n\r\n");
    assertThat(received).doesNotContain(TestHost.SECRET);
  }

  @Test
  void theClientsFilesAreServedAndItsPagesGetTheFirstOne() throws IOException {
    assertThat(get("/").text()).contains("first page");
    assertThat(get("/lists/movements").text()).contains("first page");
    Wire.Answer script = get("/assets/app-1a2b.js", "Accept-Encoding: gzip");
    assertThat(script.header("Vary")).contains("Accept-Encoding");
    Wire.Answer known =
        get(
            "/assets/app-1a2b.js",
            "If-None-Match: " + get("/assets/app-1a2b.js").header("ETag").orElseThrow());
    assertThat(known.header("Vary")).contains("Accept-Encoding");
    assertThat(get("/hello").header("Vary").orElseThrow()).contains("Accept-Language");
    assertThat(script.header("Cache-Control")).contains("public, max-age=31536000, immutable");
    assertThat(script.header("Content-Encoding")).contains("gzip");
    assertThat(script.header("Content-Type")).contains("text/javascript; charset=utf-8");
    assertThat(get("/").header("Cache-Control")).contains("no-cache");
    assertThat(get("/", "If-None-Match: " + get("/").header("ETag").orElseThrow()).status())
        .isEqualTo(304);
  }

  @Test
  void whatIsNotAFileOfTheClientIsNotFound() {
    for (String path :
        List.of(
            "/x.js",
            "/assets",
            "/assets/",
            "/api/v1/x",
            "/api",
            "/health/x",
            "/.git/config.txt",
            "/assets/..%2f..%2flogback.xml",
            "/%2e%2e/logback.xml")) {
      int expected = path.equals("/assets") || path.equals("/assets/") ? 200 : 404;
      assertThat(get(path).status()).as(path).isEqualTo(expected);
    }
    assertThat(ask("POST", "/", "Content-Length: 0").status()).isEqualTo(405);
  }

  @Test
  void whatWasAcceptedIsFinishedWhenThePlatformStops() throws Exception {
    TestHost leaving = new TestHost().opened();
    CompletableFuture<Wire.Reply> slow =
        CompletableFuture.supplyAsync(() ->
            Wire.send(
                leaving.port(),
                (head("GET", "/slow") + "\r\n").getBytes(StandardCharsets.US_ASCII),
                5_000));
    leaving.slowIsAtWork.await();

    Thread closing = Thread.ofPlatform().start(leaving::close);
    await().until(() -> WAITS_OR_IS_DONE.contains(closing.getState()));
    leaving.slowMayFinish.countDown();
    closing.join();

    assertThat(slow.get().only().text()).isEqualTo("{\"finished\":true}");
    assertThat(slow.get().closed()).isTrue();
  }

  @Test
  void theFiguresNameRoutesAndNoKeys() {
    get("/item/CSQU3054383");
    get("/hello");

    assertThat(host.registry.scrape())
        .contains("route=\"/item/{+key}\"", "status=\"200\"")
        .doesNotContain("CSQU3054383");
  }
}
