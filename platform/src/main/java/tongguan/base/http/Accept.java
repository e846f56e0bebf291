package tongguan.base.http;

import java.util.Locale;

/** What a client says that it takes (RFC 9110 §12.5): ranges with weights, where 0 means never. */
final class Accept {
  private Accept() {}

  /** Whether a media type is taken; a client that says nothing takes all. */
  static boolean takes(String accept, String mediaType) {
    String type = mediaType.substring(0, mediaType.indexOf('/'));
    return accept.isBlank()
        || weight(accept, mediaType, weight(accept, type + "/*", weight(accept, "*/*", 0))) > 0;
  }

  /** Whether an answer may be compressed with gzip: only where the client names it or takes all. */
  static boolean gzip(String acceptEncoding) {
    return weight(acceptEncoding, "gzip", weight(acceptEncoding, "*", 0)) > 0;
  }

  private static double weight(String header, String wanted, double otherwise) {
    for (String range : header.toLowerCase(Locale.ROOT).split(",")) {
      int semicolon = range.indexOf(';');
      String name = (semicolon < 0 ? range : range.substring(0, semicolon)).strip();
      if (name.equals(wanted)) {
        return semicolon < 0 ? 1 : weightIn(range.substring(semicolon));
      }
    }
    return otherwise;
  }

  private static double weightIn(String parameters) {
    for (String parameter : parameters.split(";")) {
      String text = parameter.replace(" ", "");
      if (text.startsWith("q=")) {
        try {
          return Double.parseDouble(text.substring(2));
        } catch (NumberFormatException unreadable) {
          return 1;
        }
      }
    }
    return 1;
  }
}
