package tongguan.fleet.authority;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Objects in PEM (RFC 7468). */
final class Pem {
  private Pem() {}

  static String write(String label, byte[] der) {
    return begin(label)
        + '\n'
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + '\n'
        + end(label)
        + '\n';
  }

  /** The first object under this label; empty where there is none. */
  static Optional<byte[]> read(String label, String text) {
    int from = text.indexOf(begin(label));
    int to = text.indexOf(end(label));
    if (from < 0 || to < from + begin(label).length()) {
      return Optional.empty();
    }
    try {
      String base64 = text.substring(from + begin(label).length(), to);
      return Optional.of(Base64.getDecoder().decode(base64.replaceAll("[\\r\\n \\t]", "")));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** All objects under this label, in their order; those that are no base 64 are left out. */
  static List<byte[]> readAll(String label, String text) {
    List<byte[]> all = new ArrayList<>();
    for (int from = text.indexOf(begin(label));
        from >= 0;
        from = text.indexOf(begin(label), from + 1)) {
      read(label, text.substring(from)).ifPresent(all::add);
    }
    return all;
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}
