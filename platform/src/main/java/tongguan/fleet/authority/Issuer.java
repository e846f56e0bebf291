package tongguan.fleet.authority;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Signs certificates (X.509, RFC 5280) with the authority's key: its own one, those of devices and
 * of the platform's server. ECDSA on P-256 with SHA-256, serial numbers of 128 random bits.
 */
final class Issuer {
  private static final AlgorithmIdentifier ALGORITHM =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final String NAME = "Tongguan device authority";

  /** The clock of a device may be behind. */
  private static final Duration BEFORE = Duration.ofHours(1);

  /** The authority outlives all that it signs. */
  private static final Duration OWN_LIFE = Duration.ofDays(20 * 365);

  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrivateKey key;
  private final X509Certificate certificate;

  Issuer(PrivateKey key, X509Certificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * A new authority. Each has a name of its own, because who verifies takes certificates of one
   * name for those of one key.
   */
  static Issuer found(KeyPair keys, Instant now, int generation) {
    X500Name own = name(generation == 1 ? NAME : NAME + ' ' + generation);
    // One below it: the authority that comes after it, by the bridge.
    ExtensionsGenerator extensions = authority(keys.getPublic(), 1);
    return new Issuer(
        keys.getPrivate(),
        sign(keys.getPrivate(), own, own, keys.getPublic(), now, now.plus(OWN_LIFE), extensions));
  }

  private static ExtensionsGenerator authority(PublicKey key, int below) {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    add(extensions, Extension.basicConstraints, true, new BasicConstraints(below));
    add(
        extensions,
        Extension.keyUsage,
        true,
        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    add(extensions, Extension.subjectKeyIdentifier, false, identifier(key));
    return extensions;
  }

  /**
   * Says of the authority that comes after this one that whoever believes this one may believe it.
   */
  X509Certificate bridge(X509Certificate successor, Instant now) {
    PublicKey next = successor.getPublicKey();
    ExtensionsGenerator extensions = authority(next, 0);
    add(
        extensions,
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(identifier(certificate.getPublicKey()).getKeyIdentifier()));
    Instant until = certificate.getNotAfter().toInstant();
    return sign(key, subject(certificate), subject(successor), next, now, until, extensions);
  }

  static Issuer of(byte[] pkcs8, byte[] certificate) throws GeneralSecurityException {
    PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    X509Certificate own = parsed(certificate);
    byte[] probe = {1};
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(own.getPublicKey());
    signature.update(probe);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("key and certificate do not belong together");
    }
    return new Issuer(key, own);
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** For a device, which proves itself with it and does nothing else. */
  X509Certificate device(String id, PublicKey device, Instant from, Instant until) {
    return issue(
        name(id), device, KeyPurposeId.id_kp_clientAuth, new ExtensionsGenerator(), from, until);
  }

  /**
   * For a server.
   *
   * @param names host names and addresses
   */
  X509Certificate server(Collection<String> names, PublicKey server, Instant from, Instant until) {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    GeneralName[] all = names.stream().map(Issuer::generalName).toArray(GeneralName[]::new);
    add(extensions, Extension.subjectAlternativeName, false, new GeneralNames(all));
    return issue(name("Tongguan"), server, KeyPurposeId.id_kp_serverAuth, extensions, from, until);
  }

  private static GeneralName generalName(String name) {
    String plain = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    boolean address = plain.indexOf(':') >= 0 || plain.matches("[0-9]+(\\.[0-9]+){3}");
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, plain);
  }

  private X509Certificate issue(
      X500Name subject,
      PublicKey holder,
      KeyPurposeId purpose,
      ExtensionsGenerator extensions,
      Instant from,
      Instant until) {
    add(extensions, Extension.basicConstraints, true, new BasicConstraints(false));
    add(extensions, Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    add(extensions, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    add(extensions, Extension.subjectKeyIdentifier, false, identifier(holder));
    add(
        extensions,
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(identifier(certificate.getPublicKey()).getKeyIdentifier()));
    return sign(key, subject(certificate), subject, holder, from, until, extensions);
  }

  private static X500Name subject(X509Certificate of) {
    return X500Name.getInstance(of.getSubjectX500Principal().getEncoded());
  }

  private static X509Certificate sign(
      PrivateKey key,
      X500Name issuer,
      X500Name subject,
      PublicKey holder,
      Instant from,
      Instant until,
      ExtensionsGenerator extensions) {
    V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
    content.setSerialNumber(new ASN1Integer(serial()));
    content.setSignature(ALGORITHM);
    content.setIssuer(issuer);
    content.setSubject(subject);
    content.setStartDate(new Time(Date.from(from.minus(BEFORE))));
    content.setEndDate(new Time(Date.from(until)));
    content.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(holder.getEncoded()));
    content.setExtensions(extensions.generate());
    try {
      var signed = content.generateTBSCertificate();
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(signed.getEncoded("DER"));
      ASN1EncodableVector whole = new ASN1EncodableVector();
      whole.add(signed);
      whole.add(ALGORITHM);
      whole.add(new DERBitString(signature.sign()));
      return parsed(new DERSequence(whole).getEncoded());
    } catch (IOException | GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** 128 random bits: nobody can tell the next one, and no two are alike. */
  private static BigInteger serial() {
    return new BigInteger(128, RANDOM).setBit(127);
  }

  private static X500Name name(String common) {
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
  }

  private static SubjectKeyIdentifier identifier(PublicKey key) {
    // 160 bits of SHA-256 over the key (RFC 7093 §2, method 1), here with its algorithm before it.
    return new SubjectKeyIdentifier(java.util.Arrays.copyOf(Digests.sha256(key.getEncoded()), 20));
  }

  private static void add(
      ExtensionsGenerator extensions,
      org.bouncycastle.asn1.ASN1ObjectIdentifier kind,
      boolean critical,
      org.bouncycastle.asn1.ASN1Encodable value) {
    try {
      extensions.addExtension(kind, critical, value);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static X509Certificate parsed(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
