package tongguan.steward.peer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Json;
import tongguan.steward.base.Texts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A platform of the test's own that speaks what docs/decisions/010-devices.md says, on the JDK's
 * web server and with none of the steward's own protocol code. It is not the platform: what the
 * real one does is shown where the two meet.
 */
public final class PlatformPeer implements AutoCloseable {
  public static final String CODE = "ABCD-EFGH-JKMN-PQRS";

  private final TestAuthority authority;
  private final KeyStore server;
  private final KeyPair commandKeys;
  private @Nullable HttpsServer http;
  private int port;

  public final String device = "0190c2d4-0000-7000-8000-000000000001";
  public final Map<Long, JsonNode> answers = new ConcurrentSkipListMap<>();
  public final List<String> badAnswers = new CopyOnWriteArrayList<>();
  public final List<JsonNode> heartbeats = new CopyOnWriteArrayList<>();
  public final List<JsonNode> enrolments = new CopyOnWriteArrayList<>();
  public final List<String> requests = new CopyOnWriteArrayList<>();
  public final AtomicInteger streams = new AtomicInteger();
  public final AtomicInteger renewals = new AtomicInteger();
  public volatile boolean takesAnswers = true;
  public volatile boolean takesHeartbeats = true;
  public volatile String answerToEnrolment = "";
  public volatile List<String> certificateLife = List.of("-validity", "30");
  public volatile int heartbeatSeconds = 5;

  private final Map<Long, String> unanswered = new ConcurrentSkipListMap<>();
  private final List<LinkedBlockingQueue<String>> open = new CopyOnWriteArrayList<>();
  private final Map<String, Routes> routes = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /** A route of the platform's for browsers. */
  @FunctionalInterface
  public interface Routes {
    void answer(HttpExchange exchange) throws IOException;
  }

  public PlatformPeer(Path folder) throws IOException, GeneralSecurityException {
    this(new TestAuthority(folder));
  }

  /** Several platforms, one after the other, of one authority: making one takes its time. */
  public PlatformPeer(TestAuthority authority) throws IOException, GeneralSecurityException {
    this.authority = authority;
    server = authority.server();
    commandKeys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  public TestAuthority authority() {
    return authority;
  }

  public PlatformPeer start() throws IOException, GeneralSecurityException {
    return start("127.0.0.1");
  }

  /** Again on the same port after {@link #stop}. */
  public PlatformPeer start(String address) throws IOException, GeneralSecurityException {
    return start(address, server);
  }

  public PlatformPeer start(String address, KeyStore keys)
      throws IOException, GeneralSecurityException {
    HttpsServer fresh = HttpsServer.create(new InetSocketAddress(address, port), 100);
    fresh.setHttpsConfigurator(
        new HttpsConfigurator(context(keys)) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    fresh.createContext("/", this::dispatch);
    fresh.start();
    port = fresh.getAddress().getPort();
    http = fresh;
    return this;
  }

  public void stop() {
    open.forEach(stream -> stream.add(""));
    if (http != null) {
      http.stop(0);
      http = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  public int port() {
    return port;
  }

  public String qrText(String host) throws IOException {
    return "tongguan-enrol:1:https://"
        + host
        + ":"
        + port
        + ":"
        + CODE
        + ":"
        + Texts.sha256(authority.certificate().getPublicKey().getEncoded());
  }

  public String qrText() throws IOException {
    return qrText("127.0.0.1");
  }

  private SSLContext context(KeyStore keys) throws GeneralSecurityException, IOException {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, authority.password());
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("ca", authority.certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  public void route(String path, Routes answer) {
    routes.put(path, answer);
  }

  private void dispatch(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    try (exchange) {
      switch (path) {
        case "/api/v1/device/enrol" -> enrol(exchange);
        case "/api/v1/device/renew" -> renew(exchange);
        case "/api/v1/device/stream" -> stream(exchange);
        case "/api/v1/device/acknowledgements" -> acknowledge(exchange);
        case "/api/v1/device/heartbeat" -> heartbeat(exchange);
        default -> {
          Routes known = routes.get(path);
          if (known == null) {
            say(exchange, 404, "");
          } else {
            known.answer(exchange);
          }
        }
      }
    } catch (Json.Malformed | GeneralSecurityException wrong) {
      say(exchange, 400, "{\"code\":\"" + wrong.getMessage() + "\"}");
    }
  }

  /** The device's certificate of this connection, or null. */
  public static @Nullable X509Certificate deviceOf(HttpExchange exchange) {
    try {
      return (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0];
    } catch (javax.net.ssl.SSLPeerUnverifiedException without) {
      return null;
    }
  }

  private void enrol(HttpExchange exchange) throws IOException, Json.Malformed {
    JsonNode request = Json.read(body(exchange));
    enrolments.add(request);
    if (!Json.text(request, "code").equals(CODE)) {
      say(exchange, 403, "{\"code\":\"enrolment-refused\"}");
      return;
    }
    ObjectNode answer = Json.object();
    answer.put("device", device);
    answer.put("certificate", authority.sign(Json.text(request, "csr"), device, certificateLife));
    answer.put("authority", authority.pem());
    answer.put(
        "commandKey", Base64.getEncoder().encodeToString(commandKeys.getPublic().getEncoded()));
    say(exchange, 200, answerToEnrolment.isEmpty() ? Json.write(answer) : answerToEnrolment);
  }

  private void renew(HttpExchange exchange) throws IOException, Json.Malformed {
    if (deviceOf(exchange) == null) {
      say(exchange, 403, "");
      return;
    }
    renewals.incrementAndGet();
    ObjectNode answer = Json.object();
    answer.put(
        "certificate",
        authority.sign(Json.text(Json.read(body(exchange)), "csr"), device, certificateLife));
    say(exchange, 200, Json.write(answer));
  }

  private void stream(HttpExchange exchange) throws IOException {
    if (deviceOf(exchange) == null) {
      say(exchange, 403, "");
      return;
    }
    streams.incrementAndGet();
    LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      write(
          out,
          "event: hello\ndata: {\"device\":\""
              + device
              + "\",\"time\":\""
              + Instant.now()
              + "\",\"heartbeatSeconds\":"
              + heartbeatSeconds
              + ",\"lockHours\":24,\"wipeDays\":30}\n\n");
      List<String> waiting = new ArrayList<>(unanswered.values());
      waiting.sort(Comparator.comparing(event -> !event.contains("\"wipe\"")));
      open.add(queue);
      for (String event : waiting) {
        write(out, event);
      }
      while (true) {
        String event = queue.poll(2, TimeUnit.SECONDS);
        if (event != null && event.isEmpty()) {
          return;
        }
        write(out, event == null ? ":\n\n" : event);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(queue);
    }
  }

  private static void write(OutputStream out, String event) throws IOException {
    out.write(event.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void acknowledge(HttpExchange exchange)
      throws IOException, Json.Malformed, GeneralSecurityException {
    JsonNode answer = Json.read(body(exchange));
    X509Certificate device = deviceOf(exchange);
    if (!takesAnswers || device == null) {
      say(exchange, 503, "");
      return;
    }
    long of = Json.number(answer, "number");
    if (!isSigned(answer, device)) {
      badAnswers.add(answer.toString());
      say(exchange, 400, "");
      return;
    }
    answers.put(of, answer);
    unanswered.remove(of);
    exchange.sendResponseHeaders(204, -1);
  }

  private boolean isSigned(JsonNode answer, X509Certificate from)
      throws GeneralSecurityException, Json.Malformed {
    String signed =
        String.join(
            "\n",
            "tongguan-answer-v1",
            device,
            Long.toString(Json.number(answer, "number")),
            Json.text(answer, "kind"),
            Json.text(answer, "outcome"),
            Texts.sha256(Json.text(answer, "detail")));
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(from.getPublicKey());
    verifier.update(signed.getBytes(StandardCharsets.UTF_8));
    return verifier.verify(Base64.getUrlDecoder().decode(Json.text(answer, "signature")));
  }

  private void heartbeat(HttpExchange exchange) throws IOException, Json.Malformed {
    JsonNode report = Json.read(body(exchange));
    if (!takesHeartbeats || deviceOf(exchange) == null) {
      say(exchange, 503, "");
      return;
    }
    heartbeats.add(report);
    say(exchange, 200, "{\"time\":\"" + Instant.now() + "\",\"next\":" + heartbeatSeconds + "}");
  }

  /** Queues a command and sends it to the open streams; its number. */
  public long send(String kind, String body, @Nullable Instant endsAt) {
    long next = number.incrementAndGet();
    String event = event(next, kind, body, endsAt == null ? "" : endsAt.toString());
    unanswered.put(next, event);
    open.forEach(stream -> stream.add(event));
    return next;
  }

  /** What is not to be believed. */
  public void sendRaw(String event) {
    open.forEach(stream -> stream.add(event));
  }

  public long unlock(java.time.Duration until) {
    return send(
        "unlock",
        "{\"session\":\"s-1\",\"officer\":\"o-1\",\"until\":\"" + Instant.now().plus(until) + "\"}",
        Instant.now().plusSeconds(100));
  }

  public String event(long number, String kind, String body, String endsAt) {
    String signature = sign(device, number, kind, body, endsAt);
    return "event: command\nid: "
        + number
        + "\ndata: {\"device\":\""
        + device
        + "\",\"number\":"
        + number
        + ",\"kind\":\""
        + kind
        + "\",\"body\":"
        + body
        + ",\"endsAt\":"
        + (endsAt.isEmpty() ? "null" : "\"" + endsAt + "\"")
        + ",\"signature\":\""
        + signature
        + "\"}\n\n";
  }

  public String sign(String device, long number, String kind, String body, String endsAt) {
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(commandKeys.getPrivate());
      signer.update(
          String.join(
                  "\n",
                  "tongguan-command-v1",
                  device,
                  Long.toString(number),
                  kind,
                  Texts.sha256(body),
                  endsAt)
              .getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public java.security.PublicKey commandKey() {
    return commandKeys.getPublic();
  }

  public boolean isHeld() {
    return !open.isEmpty();
  }

  public static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
  }

  public static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
