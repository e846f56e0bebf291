package tongguan.base.database;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import tongguan.base.StartFailure;

/**
 * Where a database is and as whom to go there.
 *
 * @param jdbc without user and password
 */
public record DatabaseUrl(String jdbc, String user, String password) {

  /**
   * Reads {@code postgresql://user:password@host:port/database?options}, as libpq writes it, with
   * or without {@code jdbc:} in front.
   */
  public static DatabaseUrl parse(String text) {
    String plain = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
    try {
      URI uri = URI.create(plain.replaceFirst("^postgres://", "postgresql://"));
      String path = uri.getPath();
      if (!"postgresql".equals(uri.getScheme()) || uri.getHost() == null || path == null) {
        throw unreadable();
      }
      String[] login =
          uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return new DatabaseUrl(
          "jdbc:postgresql://" + uri.getHost() + port + path + query,
          login.length > 0 ? decoded(login[0]) : "tongguan",
          login.length > 1 ? decoded(login[1]) : "");
    } catch (IllegalArgumentException malformed) {
      throw unreadable();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  // The text may hold a password, so it is not repeated.
  private static StartFailure unreadable() {
    return StartFailure.usage(
        "TONGGUAN_DATABASE_URL cannot be read; write it as postgresql://user:password@host:port/database.");
  }

  /** For messages: where, never the password. */
  @Override
  public String toString() {
    return jdbc + " as " + user;
  }
}
