package tongguan.fleet.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import tongguan.base.Limits;

/**
 * What a device asks for its certificate with (PKCS #10, RFC 2986): its key, and by the signature
 * the proof that it holds the private half. Nothing else in it counts: the platform knows by itself
 * who the device is.
 */
public record CertificateRequest(ECPublicKey key) {
  private static final AlgorithmIdentifier P256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

  /** What a text was read as. */
  public sealed interface Read {
    record Good(CertificateRequest request) implements Read {}

    /**
     * @param why for the audit
     */
    record Bad(String why) implements Read {}
  }

  /** Takes P-256 keys and ECDSA with SHA-256, and nothing else. */
  public static Read read(String pem) {
    if (pem.length() > Limits.CERTIFICATE_REQUEST_CHARACTERS) {
      return new Read.Bad("request-too-long");
    }
    Optional<byte[]> der = Pem.read("CERTIFICATE REQUEST", pem);
    if (der.isEmpty()) {
      return new Read.Bad("request-malformed");
    }
    try {
      return read(CertificationRequest.getInstance(der.get()));
    } catch (IOException | RuntimeException malformed) {
      // The library throws what it likes at what is not ASN.1.
      return new Read.Bad("request-malformed");
    }
  }

  private static Read read(CertificationRequest sent) throws IOException {
    var info = sent.getCertificationRequestInfo();
    if (!info.getSubjectPublicKeyInfo().getAlgorithm().equals(P256)) {
      return new Read.Bad("key-type");
    }
    if (!sent.getSignatureAlgorithm()
        .getAlgorithm()
        .equals(X9ObjectIdentifiers.ecdsa_with_SHA256)) {
      return new Read.Bad("signature-type");
    }
    try {
      ECPublicKey key =
          (ECPublicKey)
              KeyFactory.getInstance("EC")
                  .generatePublic(
                      new X509EncodedKeySpec(info.getSubjectPublicKeyInfo().getEncoded()));
      if (!isOnCurve(key)) {
        return new Read.Bad("key-not-on-curve");
      }
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initVerify(key);
      signature.update(info.getEncoded(ASN1Encoding.DER));
      return signature.verify(sent.getSignature().getOctets())
          ? new Read.Good(new CertificateRequest(key))
          : new Read.Bad("request-signature");
    } catch (GeneralSecurityException unusable) {
      return new Read.Bad("request-signature");
    }
  }

  /** Whether y² = x³ + ax + b, which decoding alone does not look at. */
  private static boolean isOnCurve(ECPublicKey key) {
    EllipticCurve curve = key.getParams().getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    ECPoint point = key.getW();
    if (point.equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }

  byte[] keyDigest() {
    return Digests.sha256(key.getEncoded());
  }
}
