package tongguan.identity.directory;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tongguan.base.Limits;
import tongguan.base.outbound.Breaker;

/**
 * The platform's own requests to the sign-on service: to its one machine only, straight there,
 * without following redirects, bounded in time, size and number, and spared while it does not
 * answer.
 */
final class Asker implements HTTPRequestSender {
  private final OidcSettings settings;
  private final HttpClient client;
  private final Semaphore places = new Semaphore(Limits.DIRECTORY_AT_ONCE, true);
  private final Breaker breaker;

  Asker(OidcSettings settings) {
    this.settings = settings;
    this.breaker =
        new Breaker(Limits.DIRECTORY_FAILURES, settings.patience().rest(), System::nanoTime);
    this.client =
        HttpClient.newBuilder()
            .sslContext(settings.trust())
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(settings.patience().answer())
            .build();
  }

  /** The text at this address; an answer other than 200 is a failure. */
  String get(URI uri) throws IOException {
    HttpResponse<byte[]> response = exchange(HttpRequest.newBuilder(uri).GET());
    if (response.statusCode() != 200) {
      throw new IOException("status " + response.statusCode());
    }
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(request.getURI());
    request
        .getHeaderMap()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    HttpResponse<byte[]> response =
        exchange(
            builder.method(request.getMethod().name(), BodyPublishers.ofString(request.getBody())));
    if (response.statusCode() >= 500) {
      throw new IOException("status " + response.statusCode());
    }
    HTTPResponse answer = new HTTPResponse(response.statusCode());
    try {
      answer.setContentType(response.headers().firstValue("Content-Type").orElse("text/plain"));
    } catch (ParseException e) {
      throw new IOException("content type", e);
    }
    answer.setBody(new String(response.body(), StandardCharsets.UTF_8));
    return answer;
  }

  private HttpResponse<byte[]> exchange(HttpRequest.Builder builder) throws IOException {
    HttpRequest request = builder.timeout(settings.patience().answer()).build();
    if (!settings.mayAsk(request.uri())) {
      throw new IOException("an address that is not the sign-on service's");
    }
    if (!breaker.lets()) {
      throw new IOException("resting");
    }
    boolean answered = false;
    try {
      HttpResponse<byte[]> response = inPlace(request);
      answered = response.statusCode() < 500;
      return response;
    } finally {
      if (answered) {
        breaker.answered();
      } else {
        breaker.failed();
      }
    }
  }

  private HttpResponse<byte[]> inPlace(HttpRequest request) throws IOException {
    try {
      if (!places.tryAcquire(settings.patience().answer().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("too many at once");
      }
      try {
        return inTime(request);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopping", e);
    }
  }

  /** The whole answer, also of a server that says a byte now and then. */
  private HttpResponse<byte[]> inTime(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), Limits.DIRECTORY_MESSAGE_BYTES));
    try {
      return answer.get(settings.patience().answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("too slow", e);
    } catch (ExecutionException e) {
      throw new IOException("no answer", e.getCause());
    } finally {
      answer.cancel(true);
    }
  }
}
