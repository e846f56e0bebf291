package tongguan.base.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority for tests: makes keys and certificates (X.509 by hand, so that nothing is needed).
 */
public final class TestAuthority {
  /** A key with its certificate. */
  public record Holder(KeyPair keys, X509Certificate certificate) {}

  private final KeyPair keys = newKeys();
  private final String name;
  public final X509Certificate certificate;

  public TestAuthority(String name) {
    this.name = name;
    this.certificate =
        sign(name, keys, Instant.now().minusSeconds(3600), Duration.ofDays(30), authority());
  }

  /** For a server at 127.0.0.1 and localhost. */
  public Holder server() {
    KeyPair own = newKeys();
    return new Holder(
        own, sign("server", own, Instant.now().minusSeconds(60), Duration.ofDays(1), names()));
  }

  public Holder client(String subject) {
    return client(subject, Instant.now().minusSeconds(60), Duration.ofDays(1));
  }

  public Holder client(String subject, Instant from, Duration life) {
    KeyPair own = newKeys();
    return new Holder(own, sign(subject, own, from, life, new byte[0]));
  }

  /** A server of this authority that believes in these. */
  public TlsIdentity identity(TestAuthority... clients) {
    Holder server = server();
    return new TlsIdentity(
        server.keys().getPrivate(),
        List.of(server.certificate()),
        java.util.Arrays.stream(clients).map(client -> client.certificate).toList());
  }

  /** A client that believes in this authority and shows the holder's certificate. */
  public SSLContext context(Holder... holder) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("authority", certificate);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      for (Holder one : holder) {
        own.setKeyEntry(
            "own", one.keys().getPrivate(), new char[0], new X509Certificate[] {one.certificate()});
      }
      // The older of the two managers shows its certificate also where the server asked for others.
      KeyManagerFactory shown = KeyManagerFactory.getInstance("SunX509");
      shown.init(own, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  public static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private X509Certificate sign(
      String subject, KeyPair own, Instant from, Duration life, byte[] extensions) {
    byte[] algorithm = sequence(oid("2a8648ce3d040302"));
    byte[] content =
        sequence(
            tagged(0xA0, integer(BigInteger.TWO)),
            integer(new BigInteger(120, new SecureRandom()).setBit(119)),
            algorithm,
            name(name),
            sequence(time(from), time(from.plus(life))),
            name(subject),
            own.getPublic().getEncoded(),
            extensions);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content);
      byte[] whole = sequence(content, algorithm, bits(signature.sign()));
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(whole));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** basicConstraints: an authority. */
  private static byte[] authority() {
    byte[] constraints = sequence(new byte[] {1, 1, (byte) 0xFF});
    return extension(sequence(oid("551d13"), new byte[] {1, 1, (byte) 0xFF}, octets(constraints)));
  }

  /** subjectAltName. */
  private static byte[] names() {
    byte[] names =
        sequence(
            tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
            tagged(0x82, "customs.test".getBytes(StandardCharsets.US_ASCII)),
            tagged(0x87, new byte[] {127, 0, 0, 1}));
    return extension(sequence(oid("551d11"), octets(names)));
  }

  private static byte[] extension(byte[] one) {
    return tagged(0xA3, sequence(one));
  }

  private static byte[] name(String common) {
    byte[] value = tagged(0x0C, common.getBytes(StandardCharsets.UTF_8));
    return sequence(tagged(0x31, sequence(oid("550403"), value)));
  }

  private static byte[] time(Instant at) {
    String text =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").format(at.atOffset(ZoneOffset.UTC));
    return tagged(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] integer(BigInteger number) {
    return tagged(0x02, number.toByteArray());
  }

  private static byte[] oid(String hex) {
    return tagged(0x06, java.util.HexFormat.of().parseHex(hex));
  }

  private static byte[] octets(byte[] content) {
    return tagged(0x04, content);
  }

  private static byte[] bits(byte[] content) {
    return tagged(0x03, joined(new byte[1], content));
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, joined(parts));
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length >= 256) {
      out.write(0x82);
      out.write(content.length >> 8);
    } else if (content.length >= 128) {
      out.write(0x81);
    }
    out.write(content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
