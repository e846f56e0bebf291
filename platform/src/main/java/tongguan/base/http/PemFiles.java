package tongguan.base.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tongguan.base.StartFailure;

/** A server's key and certificate in two files, as certificate authorities hand them out (PEM). */
public final class PemFiles {
  private static final int DNS_NAME = 2;
  private static final int ADDRESS = 7;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PemFiles() {}

  /**
   * The identity in these files; the server's own certificate comes first in its file.
   *
   * @throws StartFailure where they cannot be read or do not belong together
   */
  public static TlsIdentity identity(
      Path certificate, Path key, List<X509Certificate> clientAuthorities) {
    List<X509Certificate> chain = chain(certificate);
    PrivateKey secret = key(key, chain.getFirst().getPublicKey());
    if (!belongTogether(secret, chain.getFirst().getPublicKey())) {
      throw StartFailure.environment(
          "The key in %s is not that of the certificate in %s.".formatted(key, certificate));
    }
    return new TlsIdentity(secret, chain, clientAuthorities);
  }

  private static List<X509Certificate> chain(Path file) {
    try (ByteArrayInputStream pem = new ByteArrayInputStream(Files.readAllBytes(file))) {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        chain.add((X509Certificate) one);
      }
      if (!chain.isEmpty()) {
        return chain;
      }
    } catch (IOException | GeneralSecurityException | ClassCastException unreadable) {
      // answered below
    }
    throw StartFailure.environment(file + " is not a readable file of PEM certificates.");
  }

  private static PrivateKey key(Path file, PublicKey its) {
    try {
      Matcher pem = KEY.matcher(Files.readString(file));
      if (pem.find()) {
        byte[] der = Base64.getDecoder().decode(pem.group(1).replaceAll("\\s", ""));
        return KeyFactory.getInstance(its.getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(der));
      }
    } catch (IOException | GeneralSecurityException | IllegalArgumentException unreadable) {
      // answered below
    }
    throw StartFailure.environment(
        "%s is not a readable private key of the certificate's kind; it must begin with \"BEGIN PRIVATE KEY\" (openssl pkcs8 -topk8 -nocrypt makes it so)."
            .formatted(file));
  }

  private static boolean belongTogether(PrivateKey secret, PublicKey open) {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> open.getAlgorithm();
        };
    try {
      byte[] text = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException notOfOneKind) {
      return false;
    }
  }

  /** The names and addresses that a certificate is for. */
  public static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(ADDRESS))
              .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
