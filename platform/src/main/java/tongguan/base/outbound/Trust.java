package tongguan.base.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tongguan.base.StartFailure;

/**
 * Whose certificates are believed, what we show of ourselves, and where secrets of settings lie.
 */
public final class Trust {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final char[] NONE = new char[0];

  private Trust() {}

  /** The PEM certificates of the file that the setting names alone, or those of this Java. */
  public static SSLContext of(String setting, Map<String, String> environment) {
    String file = environment.getOrDefault(setting, "").strip();
    return of(setting, file);
  }

  /** The same for a file that is named already; those of this Java where the name is empty. */
  public static SSLContext of(String setting, String file) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, believing(file).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException | InvalidPathException e) {
      throw unreadable(setting, file);
    }
  }

  /** Believes the authorities of one file alone, and shows a certificate and proves its key. */
  public static SSLContext mutual(String authorities, Path certificate, Path key) {
    TrustManagerFactory trust;
    try {
      trust = believing(authorities);
    } catch (GeneralSecurityException | IOException | InvalidPathException e) {
      throw unreadable("The file of authorities", authorities);
    }
    try {
      KeyStore own = empty();
      own.setKeyEntry("own", key(key), NONE, certificates(certificate).toArray(Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, NONE);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw StartFailure.environment(
          "%s and %s are not a PEM certificate and its PKCS #8 private key."
              .formatted(certificate, key));
    }
  }

  private static TrustManagerFactory believing(String file)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(file.isEmpty() ? (@Nullable KeyStore) null : authorities(Path.of(file)));
    return trust;
  }

  private static StartFailure unreadable(String setting, String file) {
    return StartFailure.environment(
        "%s \"%s\" is not a readable file of PEM certificates.".formatted(setting, file));
  }

  private static KeyStore authorities(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int count = 0;
    for (Certificate one : certificates(file)) {
      store.setCertificateEntry("authority-" + count++, one);
    }
    return store;
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream pem = Files.newInputStream(file)) {
      List<Certificate> all =
          new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(pem));
      if (all.isEmpty()) {
        throw new IOException("no certificate");
      }
      return all;
    }
  }

  private static PrivateKey key(Path file) throws GeneralSecurityException, IOException {
    Matcher pem = KEY.matcher(Files.readString(file));
    if (!pem.find()) {
      throw new IOException("no private key");
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException another) {
        // of another algorithm
      }
    }
    throw new IOException("a key of an unknown kind");
  }

  /** What stands in the file that the setting names; without blanks around it. */
  public static String secret(String setting, Map<String, String> environment, String whose) {
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
