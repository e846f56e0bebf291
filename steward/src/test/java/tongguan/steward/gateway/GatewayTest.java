package tongguan.steward.gateway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tongguan.steward.enrol.Enrolment;
import tongguan.steward.enrol.Identity;
import tongguan.steward.enrol.QrText;
import tongguan.steward.peer.PlatformPeer;

/**
 * A browser's side by the JDK's HTTP client and by raw sockets; the platform's by the JDK's server.
 */
class GatewayTest {
  @TempDir static Path folder;
  private static PlatformPeer platform;
  private static Identity identity;

  private final AtomicReference<Upstream.Way> way = new AtomicReference<>();
  private final AtomicReference<Headers> seen = new AtomicReference<>(new Headers());
  private final HttpClient browser =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicReference<Optional<Attestation>> attested =
      new AtomicReference<>(Optional.of(new Attestation("0.1.0", "02:00:00:00:00:01", true)));
  private Gateway gateway;

  @BeforeAll
  static void enrol() throws IOException, GeneralSecurityException {
    platform = new PlatformPeer(folder).start();
    identity =
        ((Enrolment.Outcome.Enrolled)
                new Enrolment("0.1.0")
                    .enrol(QrText.parse(platform.qrText()).orElseThrow(), "SN", List.of()))
            .identity();
  }

  @AfterAll
  static void end() {
    platform.close();
  }

  @BeforeEach
  void begin() throws IOException {
    way.set(new Upstream.Way.Open(identity));
    gateway = new Gateway(0, new Upstream(way::get, _ -> attested.get()));
    platform.route(
        "/echo",
        exchange -> {
          seen.set(exchange.getRequestHeaders());
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Set-Cookie", "__Host-a=b; Path=/; Secure");
          exchange.getResponseHeaders().add("Set-Cookie", "c=d");
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
        });
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    browser.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return browser.send(to(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theBrowserSpeaksToThePlatformUnderItsOwnNameWithTheDevicesCertificate()
      throws IOException, InterruptedException {
    AtomicReference<String> device = new AtomicReference<>();
    platform.route(
        "/who",
        exchange -> {
          seen.set(exchange.getRequestHeaders());
          device.set(
              requireNonNull(PlatformPeer.deviceOf(exchange)).getSubjectX500Principal().getName());
          PlatformPeer.say(exchange, 200, "{}");
        });

    HttpResponse<String> answer =
        browser.send(
            to("/who?q=%E9%80%9A")
                .header("Cookie", "a=b")
                .header("Accept-Language", "zh-TW")
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(device.get()).isEqualTo("CN=" + platform.device);
    assertThat(seen.get().getFirst("Host")).isEqualTo("127.0.0.1:" + gateway.port());
    assertThat(seen.get().getFirst("Cookie")).isEqualTo("a=b");
    assertThat(seen.get().getFirst("Accept-Language")).isEqualTo("zh-TW");
    assertThat(seen.get().get("X-Steward"))
        .containsExactly("v=1; agent=0.1.0; mac=02:00:00:00:00:01; locked=1");
    assertThat(platform.requests).contains("GET /who?q=%E9%80%9A");
  }

  @Test
  void whatTheBrowserSaysOfItselfIsTakenAway() throws IOException, InterruptedException {
    browser.send(
        to("/echo")
            .header("X-Steward", "v=1; locked=0")
            .header("x-steward", "v=1; mac=ff")
            .header("X-Forwarded-For", "10.0.0.1")
            .header("Forwarded", "for=10.0.0.1")
            .build(),
        HttpResponse.BodyHandlers.ofString());

    assertThat(seen.get().get("X-Steward")).hasSize(1);
    assertThat(seen.get().getFirst("X-Steward")).contains("locked=1");
    assertThat(seen.get().keySet()).doesNotContain("X-forwarded-for", "Forwarded", "Via");
  }

  @Test
  void aMachineWithoutAMacAttestsNothing() throws IOException, InterruptedException {
    attested.set(Optional.empty());
    browser.send(
        to("/echo").header("X-Steward", "v=1; locked=0").build(),
        HttpResponse.BodyHandlers.ofString());

    assertThat(seen.get().get("X-Steward")).isNull();
  }

  @Test
  void largeBodiesPassBothWaysAndAnswersKeepAllTheirFields()
      throws IOException, InterruptedException {
    byte[] body = new byte[5_000_000];
    new Random(1).nextBytes(body);

    HttpResponse<byte[]> byLength =
        browser.send(
            to("/echo").POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    HttpResponse<byte[]> inChunks =
        browser.send(
            to("/echo")
                .PUT(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(byLength.body()).isEqualTo(body);
    assertThat(inChunks.body()).isEqualTo(body);
    assertThat(byLength.headers().allValues("Set-Cookie"))
        .containsExactly("__Host-a=b; Path=/; Secure", "c=d");
  }

  @Test
  void aHeldStreamIsPassedOnEventByEvent() throws IOException, InterruptedException {
    BlockingQueue<String> events = new LinkedBlockingQueue<>();
    platform.route(
        "/events",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          OutputStream out = exchange.getResponseBody();
          try {
            for (String next = events.take(); !next.isEmpty(); next = events.take()) {
              out.write(next.getBytes(StandardCharsets.UTF_8));
              out.flush();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    events.add(":\n");
    HttpResponse<java.io.InputStream> held =
        browser.send(to("/events").build(), HttpResponse.BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(held.body(), StandardCharsets.UTF_8));

    assertThat(lines.readLine()).isEqualTo(":");
    for (int i = 0; i < 3; i++) {
      events.add("data: 警示 " + i + "\n\n");
      assertThat(lines.readLine()).isEqualTo("data: 警示 " + i);
      assertThat(lines.readLine()).isEmpty();
    }
    events.add("");
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void headNoContentAndNotModifiedHaveNoBody() throws IOException, InterruptedException {
    platform.route("/none", exchange -> exchange.sendResponseHeaders(204, -1));
    platform.route("/same", exchange -> exchange.sendResponseHeaders(304, -1));

    assertThat(get("/none").statusCode()).isEqualTo(204);
    assertThat(get("/same").statusCode()).isEqualTo(304);
    HttpResponse<String> head =
        browser.send(
            to("/echo").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(get("/echo").statusCode()).isEqualTo(200);
  }

  static List<List<String>> unclear() {
    String post = "POST /echo HTTP/1.1\r\nHost: HOST\r\n";
    return List.of(
        List.of("400", post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        List.of("400", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        List.of("400", post + "Content-Length: 3, 3\r\n\r\nabc"),
        List.of("400", post + "Content-Length: +3\r\n\r\nabc"),
        List.of("400", post + "Content-Length: 0x3\r\n\r\nabc"),
        List.of("501", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
        List.of("501", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        List.of("400", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
        List.of("400", post + "X: a\r\n b\r\n\r\n"),
        List.of("400", post + "X: a\rb\r\n\r\n"),
        List.of("400", post + "X: a\nContent-Length: 3\r\n\r\n"),
        List.of("400", post + "X: a\0b\r\n\r\n"),
        List.of("400", post + ": a\r\n\r\n"),
        List.of("400", "GET http://127.0.0.1/ HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        List.of("400", "GET /a b HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        List.of("400", "\r\nGET / HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        List.of("505", "GET / HTTP/1.0\r\nHost: HOST\r\n\r\n"),
        List.of("505", "GET / HTTP/2.0\r\nHost: HOST\r\n\r\n"),
        List.of("405", "TRACE / HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        List.of("400", "CONNECT a:1 HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        List.of("421", "GET /echo HTTP/1.1\r\n\r\n"),
        List.of("421", "GET /echo HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\n\r\n"),
        List.of("421", "GET /echo HTTP/1.1\r\nHost: evil.example\r\n\r\n"),
        List.of("421", "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"),
        List.of("421", "GET /echo HTTP/1.1\r\nHost: HOST.evil.example\r\n\r\n"),
        List.of("431", "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: HOST\r\n\r\n"),
        List.of("431", "GET / HTTP/1.1\r\nHost: HOST\r\n" + "X: y\r\n".repeat(101) + "\r\n"));
  }

  /** And the connection ends, so that nothing behind it is taken for a request. */
  @ParameterizedTest
  @MethodSource("unclear")
  void whatTwoReadersCouldReadDifferentlyIsRefused(List<String> each) throws IOException {
    seen.set(new Headers());
    String request = each.get(1).replace("HOST", "127.0.0.1:" + gateway.port());

    String answer = raw(request + "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 " + each.get(0) + " ");
    assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
    assertThat(answer).contains("Connection: close");
    assertThat(seen.get()).isEmpty();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.net.SocketException reset) {
      // Bytes that nobody read make a close a reset; the answer may be lost with it.
      return rawSlowly(request);
    }
  }

  private String rawSlowly(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
      socket.setSoTimeout(10_000);
      int head = request.indexOf("\r\n\r\n") + 4;
      socket
          .getOutputStream()
          .write(request.substring(0, head).getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void localhostIsThisMachineToo() throws IOException {
    String answer =
        raw(
            "GET /echo HTTP/1.1\r\nHost: localhost:"
                + gateway.port()
                + "\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void requestsThatFollowEachOtherOnOneConnectionAreAnsweredInTheirOrder() throws IOException {
    String post =
        "POST /echo HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\nContent-Length: 3\r\n";

    String answer =
        raw(post + "\r\none" + post + "\r\ntwo" + post + "Connection: close\r\n\r\nend");

    assertThat(answer.indexOf("one")).isPositive().isLessThan(answer.indexOf("two"));
    assertThat(answer).endsWith("end");
  }

  @Test
  void expectationsAreMetHere() throws IOException {
    String answer =
        raw(
            "POST /echo HTTP/1.1\r\nHost: 127.0.0.1:"
                + gateway.port()
                + "\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\nabc");

    assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ").endsWith("abc");
  }

  @Test
  void itListensOnLoopbackOnly() throws IOException {
    List<String> reached = new ArrayList<>();
    for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : card.inetAddresses().toList()) {
        try (Socket socket = new Socket()) {
          socket.connect(new java.net.InetSocketAddress(address, gateway.port()), 500);
          reached.add(address.getHostAddress());
        } catch (IOException refused) {
          // as it should be
        }
      }
    }

    assertThat(reached).containsOnly("127.0.0.1");
  }

  @Test
  void aPlatformThatIsAwayIsSaidInBothLanguagesAndFoundAgain()
      throws IOException, InterruptedException, GeneralSecurityException {
    assertThat(get("/echo").statusCode()).isEqualTo(200);
    platform.stop();

    HttpResponse<String> away = get("/echo");

    assertThat(away.statusCode()).isEqualTo(502);
    assertThat(away.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(away.body()).contains("platform-away", "目前連不到平台", "The platform cannot be reached");
    platform.start();
    assertThat(get("/echo").statusCode()).isEqualTo(200);
  }

  /** The connection from before is dead, and the browser need not know. */
  @Test
  void aQuestionIsPutAgainWhenThePlatformHadHungUp()
      throws IOException, InterruptedException, GeneralSecurityException {
    try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
      String question = "GET /echo HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n";
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write((question + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
      while (!in.readLine().isEmpty()) {
        // its fields
      }
      platform.stop();
      platform.start();

      socket
          .getOutputStream()
          .write((question + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));

      assertThat(in.readLine()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void anAnswerThatBreaksOffIsNotMadeWhole() throws IOException {
    platform.route(
        "/broken",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(new byte[10]);
          throw new IOException("broken off");
        });

    String answer = raw("GET /broken HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port() + "\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("Content-Length: 100")
        .doesNotContain("502");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(10);
  }

  @Test
  void aWipedAndANewDeviceSaySoAndAskThePlatformNothing() throws IOException, InterruptedException {
    int before = platform.requests.size();
    way.set(new Upstream.Way.Wiped());
    HttpResponse<String> wiped = get("/");
    way.set(new Upstream.Way.NotEnrolled());
    HttpResponse<String> fresh = get("/");

    assertThat(wiped.statusCode()).isEqualTo(503);
    assertThat(wiped.body()).contains("此裝置已清除", "This device has been wiped");
    assertThat(wiped.headers().firstValue("Clear-Site-Data")).contains("\"*\"");
    assertThat(fresh.body()).contains("此裝置尚未註冊", "This device is not enrolled");
    assertThat(platform.requests).hasSize(before);
  }

  @Test
  void connectionsAreBounded() throws IOException {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 64; i++) {
        open.add(new Socket("127.0.0.1", gateway.port()));
      }
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> {
            try (Socket more = new Socket("127.0.0.1", gateway.port())) {
              more.setSoTimeout(500);
              byte[] head = more.getInputStream().readNBytes(12);
              return new String(head, StandardCharsets.US_ASCII).equals("HTTP/1.1 503");
            } catch (java.net.SocketTimeoutException letIn) {
              return false;
            }
          });
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() ->
            raw("GET /echo HTTP/1.1\r\nHost: 127.0.0.1:"
                    + gateway.port()
                    + "\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 200"));
  }
}
