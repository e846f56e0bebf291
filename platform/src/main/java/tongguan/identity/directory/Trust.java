package tongguan.identity.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tongguan.base.StartFailure;

/** Whose certificates are believed, and where other secrets of the settings lie. */
final class Trust {
  private Trust() {}

  /** The PEM certificates of the file that the setting names alone, or those of this Java. */
  static SSLContext of(String setting, Map<String, String> environment) {
    String file = environment.getOrDefault(setting, "").strip();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(file.isEmpty() ? null : authorities(Path.of(file)));
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException | InvalidPathException e) {
      throw StartFailure.environment(
          "%s \"%s\" is not a readable file of PEM certificates.".formatted(setting, file));
    }
  }

  private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(file)) {
      int count = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("authority-" + count++, one);
      }
      if (count == 0) {
        throw new IOException("no certificate");
      }
    }
    return store;
  }

  /** What stands in the file that the setting names; without blanks around it. */
  static String secret(String setting, Map<String, String> environment, String whose) {
    String file = environment.getOrDefault(setting, "").strip();
    try {
      String secret = file.isEmpty() ? "" : Files.readString(Path.of(file)).strip();
      if (!secret.isEmpty()) {
        return secret;
      }
    } catch (IOException | InvalidPathException unreadable) {
      // answered below
    }
    throw StartFailure.environment(
        "%s must name a readable file with the password of %s.".formatted(setting, whose));
  }
}
