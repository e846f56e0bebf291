package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.Json;
import tongguan.base.http.TestAuthority;
import tongguan.fleet.authority.Requests;
import tools.jackson.databind.JsonNode;

/** The other end of the line: what a steward does, by its own means and the contract alone. */
final class Steward {
  final Line line;
  final UUID id;
  final String serial;
  final String address;

  KeyPair keys = TestAuthority.newKeys();
  private @Nullable X509Certificate certificate;
  private @Nullable PublicKey commandKey;
  private @Nullable HttpClient client;
  private Platform node;

  /** Of the door, where that is not its node's. */
  private int port = -1;

  Steward(Line line, UUID id, String serial, String address) {
    this.line = line;
    this.id = id;
    this.serial = serial;
    this.address = address;
    this.node = line.platform;
  }

  /** The same device, talking to another node. */
  Steward at(Platform other) {
    Steward there = new Steward(line, id, serial, address);
    there.keys = keys;
    there.certificate = certificate;
    there.commandKey = commandKey;
    there.node = other;
    return there;
  }

  /** The same device, talking to a node that is a process of its own. */
  Steward at(int securePort) {
    Steward there = at(node);
    there.port = securePort;
    return there;
  }

  X509Certificate certificate() {
    return Objects.requireNonNull(certificate, "not enrolled");
  }

  /** The same device with the next certificate, talking to another node. */
  Steward renewed(Platform other, KeyPair next, X509Certificate given) {
    Steward there = at(other);
    there.keys = next;
    there.certificate = given;
    return there;
  }

  Steward enrolled() {
    HttpResponse<String> response = enrol(line.code(this));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return this;
  }

  HttpResponse<String> enrol(String code) {
    return enrol(body(code));
  }

  Map<String, Object> body(String code) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", code);
    body.put("csr", Requests.pem(keys));
    body.put("serial", serial);
    body.put("macs", List.of());
    body.put("agent", "test");
    return body;
  }

  /** Keeps what it is given when it is let in. */
  HttpResponse<String> enrol(Map<String, Object> body) {
    HttpResponse<String> response = send(without(), request("enrol", body));
    if (response.statusCode() == 200) {
      JsonNode answer = SignedIn.json(response);
      assertThat(answer.path("device").stringValue()).isEqualTo(id.toString());
      certificate = certificate(answer.path("certificate").stringValue());
      commandKey = commandKey(answer.path("commandKey").stringValue());
      client = null;
    }
    return response;
  }

  static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new java.io.ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(pem, e);
    }
  }

  private static PublicKey commandKey(String base64) {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(base64, e);
    }
  }

  HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known = client(certificate(), keys);
      client = known;
    }
    return known;
  }

  /** From its address, with no certificate. */
  HttpClient without() {
    return client(null, keys);
  }

  HttpClient client(@Nullable X509Certificate shown, KeyPair own) {
    List<X509Certificate> chain = shown == null ? List.of() : List.of(shown);
    return client(chain, own, node.channel().authority().anchor());
  }

  HttpClient client(List<X509Certificate> chain, KeyPair own, X509Certificate believed) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", believed);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      if (!chain.isEmpty()) {
        store.setKeyEntry(
            "own", own.getPrivate(), new char[0], chain.toArray(X509Certificate[]::new));
      }
      // Shows its certificate also where the server asks for those of others.
      KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
      managers.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
      return HttpClient.newBuilder()
          .sslContext(context)
          .localAddress(InetAddress.ofLiteral(address))
          .version(HttpClient.Version.HTTP_1_1)
          .build();
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  HttpRequest request(String what, Object body) {
    return HttpRequest.newBuilder(uri(what))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
        .build();
  }

  URI uri(String what) {
    int door = port < 0 ? node.securePort() : port;
    return URI.create("https://127.0.0.1:" + door + "/api/v1/device/" + what);
  }

  static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> post(String what, Object body) {
    return send(client(), request(what, body));
  }

  HttpResponse<String> heartbeat(Map<String, ?> more) {
    return post("heartbeat", report(more));
  }

  /** A good report, with these members in it or in the place of its own. */
  static Map<String, Object> report(Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("agent", "1.0");
    body.put("locked", true);
    body.put("tampered", false);
    body.put("macs", List.of());
    body.put("interfaces", List.of(Map.of("name", "network", "state", "locked", "detail", "")));
    body.putAll(more);
    return body;
  }

  Events stream() {
    return new Events(client(), uri("stream"));
  }

  HttpResponse<String> answer(long number, String kind, String outcome, String detail) {
    return post("acknowledgements", answerBody(id, keys, number, kind, outcome, detail));
  }

  static Map<String, Object> answerBody(
      UUID device, KeyPair keys, long number, String kind, String outcome, String detail) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("number", number);
    body.put("kind", kind);
    body.put("outcome", outcome);
    body.put("detail", detail);
    body.put(
        "signature",
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                sign(
                    keys,
                    String.join(
                        "\n",
                        "tongguan-answer-v1",
                        device.toString(),
                        Long.toString(number),
                        kind,
                        outcome,
                        hex(detail)))));
    return body;
  }

  private static byte[] sign(KeyPair keys, String text) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static String hex(String text) {
    try {
      return java.util.HexFormat.of()
          .formatHex(
              java.security.MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Whether the platform signed this command for this device, as a steward looks at it. */
  boolean believes(JsonNode command) {
    if (!command.path("device").stringValue().equals(id.toString())) {
      return false;
    }
    String signed =
        String.join(
            "\n",
            "tongguan-command-v1",
            command.path("device").stringValue(),
            Long.toString(command.path("number").longValue()),
            command.path("kind").stringValue(),
            hex(command.path("body").stringValue()),
            command.path("endsAt").stringValue(""));
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initVerify(Objects.requireNonNull(commandKey));
      signature.update(signed.getBytes(StandardCharsets.UTF_8));
      return signature.verify(
          Base64.getUrlDecoder().decode(command.path("signature").stringValue()));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
