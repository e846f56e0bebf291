package tongguan.identity.directory;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tongguan.base.Json;

/** A sign-on service that hands out whatever token a test wishes. */
public final class ForgedService implements AutoCloseable {
  private final HttpServer server;
  public final String issuer;
  public final RSAKey key;
  public final AtomicInteger asked = new AtomicInteger();
  public volatile Supplier<String> token = () -> "";
  public volatile HttpHandler tokenEndpoint = this::honest;
  public volatile Map<String, Object> changes = Map.of();
  public volatile JWKSet keys;

  public ForgedService() throws IOException, JOSEException {
    this.key = new RSAKeyGenerator(2048).keyID("k1").generate();
    this.keys = new JWKSet(key.toPublicJWK());
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    this.issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/.well-known/openid-configuration", this::metadata);
    server.createContext("/keys", exchange -> say(exchange, 200, keys.toString()));
    server.createContext(
        "/token",
        exchange -> {
          asked.incrementAndGet();
          tokenEndpoint.handle(exchange);
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  private void metadata(HttpExchange exchange) throws IOException {
    Map<String, Object> metadata =
        new java.util.TreeMap<>(
            Map.of(
                "issuer",
                issuer,
                "authorization_endpoint",
                issuer + "/authorize",
                "token_endpoint",
                issuer + "/token",
                "jwks_uri",
                issuer + "/keys",
                "response_types_supported",
                java.util.List.of("code"),
                "subject_types_supported",
                java.util.List.of("public"),
                "id_token_signing_alg_values_supported",
                java.util.List.of("RS256", "none")));
    metadata.putAll(changes);
    say(exchange, 200, Json.text(metadata));
  }

  public void honest(HttpExchange exchange) throws IOException {
    say(
        exchange,
        200,
        Json.text(Map.of("access_token", "a", "token_type", "Bearer", "id_token", token.get())));
  }

  public static void say(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  public Map<String, String> settings(String redirect, Path folder) throws IOException {
    Files.writeString(folder.resolve("client.secret"), SignOnService.SECRET);
    return SignOnService.settings(issuer, redirect, folder);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
