package tongguan.core;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;

/**
 * HTTPS to one server of the settings: TLS 1.3, its certificate checked against pinned authorities
 * and its name, no proxy, no redirect, answers bounded in size.
 */
public final class Https implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final URI base;
  private final HttpClient client;

  public Https(URI base, SSLContext trust, Duration time) {
    this.base = base;
    SSLParameters parameters = trust.getDefaultSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    this.client =
        HttpClient.newBuilder()
            .sslContext(trust)
            .sslParameters(parameters)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(time.compareTo(CONNECT) < 0 ? time : CONNECT)
            .build();
  }

  /** A request to a path below the address of the settings. */
  public HttpRequest.Builder request(String below) {
    return HttpRequest.newBuilder(URI.create(base + below));
  }

  /**
   * The whole answer.
   *
   * @throws Line.NotSent where it is certain that no server has seen the request
   */
  public HttpResponse<byte[]> send(Line.Attempt attempt, HttpRequest.Builder request)
      throws Exception {
    attempt.arriving();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request.timeout(attempt.left()).build(),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), Limits.CORE_ANSWER_BYTES));
    attempt.cutting(() -> answer.cancel(true));
    try {
      HttpResponse<byte[]> response = answer.get();
      if (response.statusCode() >= 500) {
        throw new NotUnderstood("status " + response.statusCode());
      }
      return response;
    } catch (ExecutionException e) {
      throw certain(e.getCause());
    }
  }

  private static Exception certain(@Nullable Throwable cause) {
    return switch (cause) {
      case HttpConnectTimeoutException _ -> new Line.NotSent("no connection in time");
      case ConnectException _ -> new Line.NotSent("no connection");
      case SSLHandshakeException _ -> new Line.NotSent("its certificate is not the one expected");
      case IOException broken -> broken;
      case null, default -> new IOException(cause);
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
