package tongguan.base.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tongguan.base.Problem;

/**
 * The officers' client, as the build packed it into the platform's jar. Files whose name carries a
 * hash never change; everything else is asked for again each time. Paths of the client's own pages
 * get its first page.
 */
public final class StaticClient implements Route.Handler {
  private static final Pattern SAFE_PATH =
      Pattern.compile("/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private final Map<String, Optional<byte[]>> files = new ConcurrentHashMap<>();

  @Override
  public void handle(Call call) {
    String path = call.request().path().path();
    if (path.startsWith("/api/") || path.startsWith("/health/")) {
      throw notFound();
    }
    boolean isFile = path.lastIndexOf('.') > path.lastIndexOf('/');
    String file = isFile ? path : "/index.html";
    byte[] content =
        SAFE_PATH.matcher(file).matches()
            ? read(file).orElseThrow(StaticClient::notFound)
            : missing();
    String cache = file.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    call.respondTagged(typeOf(file), cache, content);
  }

  private static byte[] missing() {
    throw notFound();
  }

  private Optional<byte[]> read(String file) {
    return files.computeIfAbsent(file, StaticClient::load);
  }

  private static Optional<byte[]> load(String file) {
    try (InputStream in = StaticClient.class.getResourceAsStream("/web" + file)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String typeOf(String file) {
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private static Problem notFound() {
    return Problem.of(404, "not-found", "找不到此路徑。", "There is nothing at this path.");
  }
}
