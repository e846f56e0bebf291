package tongguan.base.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One file of the client, ready to be sent.
 *
 * @param hash of the content; both forms are tagged with it
 * @param compressed the content with gzip, where that makes it smaller
 */
record StaticFile(
    String mediaType,
    String cacheControl,
    String hash,
    byte[] content,
    Optional<byte[]> compressed) {

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("mjs", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private static final Set<String> PACKED_ALREADY = Set.of("png", "ico");

  /** Files whose name carries a hash never change; all others are asked for again each time. */
  static StaticFile of(String path, byte[] content) {
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return new StaticFile(
        TYPES.getOrDefault(ending, "application/octet-stream"),
        path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        Etag.hash(content),
        content,
        content.length < Gzip.WORTH_IT || PACKED_ALREADY.contains(ending)
            ? Optional.empty()
            : Optional.of(Gzip.compressedOnce(content)));
  }
}
