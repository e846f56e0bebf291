package tongguan.fleet.authority;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Certificate requests, good ones and others. */
public final class Requests {
  private Requests() {}

  public static String pem(KeyPair keys) {
    return pem(
        keys.getPublic().getEncoded(),
        keys,
        "SHA256withECDSA",
        X9ObjectIdentifiers.ecdsa_with_SHA256);
  }

  /** For a key, signed by whichever key and in whichever way. */
  public static String pem(
      byte[] asked, KeyPair signer, String algorithm, ASN1ObjectIdentifier named) {
    try {
      CertificationRequestInfo info =
          new CertificationRequestInfo(
              new X500Name("CN=whoever"), SubjectPublicKeyInfo.getInstance(asked), new DERSet());
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(signer.getPrivate());
      signature.update(info.getEncoded("DER"));
      return pem(
          new CertificationRequest(
                  info, new AlgorithmIdentifier(named), new DERBitString(signature.sign()))
              .getEncoded());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }
}
