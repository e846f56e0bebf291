package tongguan.base.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tongguan.base.Problem;

/**
 * The officers' client, as the build packed it into the platform's jar. Paths of the client's own
 * pages, which have no ending, get its first page.
 */
public final class StaticClient implements Route.Handler {
  private static final Pattern SAFE_PATH =
      Pattern.compile("/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*");

  /** The platform's own paths: what is not found there is not a page. */
  private static final Pattern NOT_A_PAGE = Pattern.compile("/(?:api|health|metrics)(?:/.*)?");

  /** Only files that exist are kept, so that asking for others does not fill the memory. */
  private final Map<String, StaticFile> files = new ConcurrentHashMap<>();

  private final String folder;

  public StaticClient() {
    this("/web");
  }

  /**
   * @param folder of the class path
   */
  StaticClient(String folder) {
    this.folder = folder;
  }

  @Override
  public void handle(Call call) {
    String path = call.request().path().path();
    SecurityHeaders.allowPage(call.response());
    call.respondFile(file(path).orElseThrow(StaticClient::notFound));
  }

  private Optional<StaticFile> file(String path) {
    if (NOT_A_PAGE.matcher(path).matches()) {
      return Optional.empty();
    }
    boolean isFile = path.lastIndexOf('.') > path.lastIndexOf('/');
    String file = isFile ? path : "/index.html";
    if (!SAFE_PATH.matcher(file).matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(files.get(file))
        .or(() ->
            read(file)
                .map(content -> files.computeIfAbsent(file, key -> StaticFile.of(key, content))));
  }

  private Optional<byte[]> read(String file) {
    try (InputStream in = StaticClient.class.getResourceAsStream(folder + file)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Problem notFound() {
    return Problem.of(404, "not-found", "找不到此路徑。", "There is nothing at this path.");
  }
}
