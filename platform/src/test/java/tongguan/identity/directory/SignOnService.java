package tongguan.identity.directory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real OpenID Connect provider (oidc-provider), a process of its own on loopback. */
public final class SignOnService implements AutoCloseable {
  public static final String CLIENT = "tongguan";
  static final String SECRET = "a secret of forty characters for testing";
  private static final Path HOME = Path.of("../.ci/oidc").toAbsolutePath().normalize();

  private final Process process;
  private final Path folder;
  public final URI issuer;

  private SignOnService(Process process, Path folder, URI issuer) {
    this.process = process;
    this.folder = folder;
    this.issuer = issuer;
  }

  public static SignOnService start(Path folder, String redirect)
      throws IOException, InterruptedException {
    if (!Files.exists(HOME.resolve("node_modules/.package-lock.json"))) {
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(HOME.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("npm.log").toFile())
              .start();
      if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
        throw new IOException(Files.readString(folder.resolve("npm.log")));
      }
    }
    Files.writeString(folder.resolve("client.secret"), SECRET + "\n");
    Process process =
        new ProcessBuilder("node", "provider.mjs", CLIENT, SECRET, redirect)
            .directory(HOME.toFile())
            .redirectError(folder.resolve("service.log").toFile())
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        return new SignOnService(
            process, folder, URI.create("http://127.0.0.1:" + line.substring("ready ".length())));
      }
    }
    throw new IOException(Files.readString(folder.resolve("service.log")));
  }

  /** What an installation sets so that its officers come in by this service. */
  public Map<String, String> settings(String redirect) {
    return settings(issuer.toString(), redirect, folder);
  }

  static Map<String, String> settings(String issuer, String redirect, Path folder) {
    return Map.of(
        "TONGGUAN_OIDC_ISSUER", issuer,
        "TONGGUAN_OIDC_CLIENT_ID", CLIENT,
        "TONGGUAN_OIDC_CLIENT_SECRET_FILE", folder.resolve("client.secret").toString(),
        "TONGGUAN_OIDC_REDIRECT", redirect,
        "TONGGUAN_OIDC_NAME", "Agency sign-on");
  }

  /** What a person does there who is sent there: types a name, agrees, and is sent back. */
  public URI visit(String where, String name) throws IOException, InterruptedException {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    URI at = URI.create(where);
    for (int step = 0; step < 12; step++) {
      HttpResponse<String> page =
          browser.send(HttpRequest.newBuilder(at).build(), HttpResponse.BodyHandlers.ofString());
      if (page.statusCode() == 200) {
        page = browser.send(form(at, page.body(), name), HttpResponse.BodyHandlers.ofString());
      }
      String next =
          page.headers()
              .firstValue("Location")
              .orElseThrow(() -> new IOException("a page without a way on"));
      at = at.resolve(next);
      if (at.getPath().equals(OidcSettings.CALLBACK)) {
        return at;
      }
    }
    throw new IOException("never sent back");
  }

  private static HttpRequest form(URI at, String page, String name) {
    String prompt = page.contains("value=\"consent\"") ? "consent" : "login";
    String body =
        "prompt="
            + prompt
            + "&login="
            + URLEncoder.encode(name, StandardCharsets.UTF_8)
            + "&password=any";
    return HttpRequest.newBuilder(at)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  public void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
