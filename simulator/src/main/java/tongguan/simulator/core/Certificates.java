package tongguan.simulator.core;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * This system's own authority and what it signed: a certificate for its server, which is known as
 * localhost and 127.0.0.1, and one for the platform. Made at the first start, in a folder.
 */
final class Certificates {
  private static final byte[] ECDSA = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

  /** Fifty years: nobody renews a test. */
  private static final byte[] VALIDITY =
      Der.sequence(
          Der.of(0x17, "250101000000Z".getBytes(StandardCharsets.US_ASCII)),
          Der.of(0x18, "20741231235959Z".getBytes(StandardCharsets.US_ASCII)));

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  static Certificates in(Path folder) throws IOException, GeneralSecurityException {
    Certificates certificates = new Certificates(folder);
    if (!Files.exists(folder.resolve("client.key"))) {
      certificates.make();
    }
    return certificates;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  private void make() throws IOException, GeneralSecurityException {
    Files.createDirectories(folder);
    KeyPair authority = key();
    write("ca", authority, certificate("Test authority", authority, "Test authority", authority));
    for (String name : new String[] {"server", "client"}) {
      KeyPair own = key();
      write(name, own, certificate(name, own, "Test authority", authority));
    }
  }

  private static KeyPair key() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] certificate(String subject, KeyPair own, String issuer, KeyPair signer)
      throws GeneralSecurityException {
    boolean authority = subject.equals(issuer);
    byte[] body =
        Der.sequence(
            Der.of(0xA0, Der.integer(BigInteger.TWO)),
            Der.integer(new BigInteger(100, new java.security.SecureRandom()).setBit(99)),
            ECDSA,
            name(issuer),
            VALIDITY,
            name(subject),
            own.getPublic().getEncoded(),
            Der.of(0xA3, Der.sequence(authority ? basic() : names())));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(signer.getPrivate());
    signature.update(body);
    return Der.sequence(body, ECDSA, Der.bits(signature.sign()));
  }

  private static byte[] name(String common) {
    return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(common))));
  }

  /** May sign others (RFC 5280 §4.2.1.9). */
  private static byte[] basic() {
    return Der.sequence(Der.oid("2.5.29.19"), Der.yes(), Der.octets(Der.sequence(Der.yes())));
  }

  /** RFC 5280 §4.2.1.6. */
  private static byte[] names() {
    return Der.sequence(
        Der.oid("2.5.29.17"),
        Der.octets(
            Der.sequence(
                Der.of(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
                Der.of(0x87, new byte[] {127, 0, 0, 1}))));
  }

  private void write(String name, KeyPair key, byte[] certificate) throws IOException {
    Files.writeString(file(name + ".pem"), pem("CERTIFICATE", certificate));
    Files.writeString(file(name + ".key"), pem("PRIVATE KEY", key.getPrivate().getEncoded()));
  }

  static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }

  /** Both halves of a key, as they were written one behind the other. */
  static KeyPair pair(String pem) throws GeneralSecurityException {
    String[] halves = pem.split("-----BEGIN PUBLIC KEY-----", 2);
    KeyFactory factory = KeyFactory.getInstance("EC");
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(decoded(halves[1]))),
        factory.generatePrivate(new PKCS8EncodedKeySpec(decoded(halves[0]))));
  }

  private static byte[] decoded(String pem) {
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  /** For a server that shows its own certificate and believes its own authority alone. */
  SSLContext server() throws IOException, GeneralSecurityException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "server", privateKey("server.key"), new char[0], new Certificate[] {read("server.pem")});
    KeyStore believed = KeyStore.getInstance("PKCS12");
    believed.load(null, null);
    believed.setCertificateEntry("ca", read("ca.pem"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, new char[0]);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private Certificate read(String name) throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file(name))));
  }

  private PrivateKey privateKey(String name) throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(decoded(Files.readString(file(name)))));
  }
}
