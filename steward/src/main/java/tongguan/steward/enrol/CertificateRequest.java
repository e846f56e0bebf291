package tongguan.steward.enrol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;

/**
 * A certificate request (PKCS #10, RFC 2986) for a P-256 key: the proof that whoever asks holds the
 * key. Its subject is only the machine's serial number; the platform knows by itself what goes into
 * the certificate.
 */
final class CertificateRequest {
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

  /** 1.2.840.10045.4.3.2, ECDSA with SHA-256 (RFC 5758). */
  private static final byte[] ECDSA_SHA256 = {
    0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int ATTRIBUTES = 0xa0;

  private CertificateRequest() {}

  static String pem(KeyPair keys, String name) throws GeneralSecurityException {
    return Pem.write("CERTIFICATE REQUEST", der(keys, name));
  }

  private static byte[] der(KeyPair keys, String name) throws GeneralSecurityException {
    byte[] commonName =
        element(
            SEQUENCE,
            element(OBJECT_IDENTIFIER, COMMON_NAME),
            element(UTF8_STRING, name.getBytes(StandardCharsets.UTF_8)));
    byte[] request =
        element(
            SEQUENCE,
            element(INTEGER, new byte[] {0}),
            element(SEQUENCE, element(SET, commonName)),
            keys.getPublic().getEncoded(),
            element(ATTRIBUTES));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(request);
    return element(
        SEQUENCE,
        request,
        element(SEQUENCE, element(OBJECT_IDENTIFIER, ECDSA_SHA256)),
        element(BIT_STRING, new byte[] {0}, signature.sign()));
  }

  /** Tag, length (X.690 §8.1.3), and the contents one behind the other. */
  private static byte[] element(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    if (length < 0x80) {
      element.write(length);
    } else if (length < 0x100) {
      element.write(0x81);
      element.write(length);
    } else {
      element.write(0x82);
      element.write(length >> 8);
      element.write(length);
    }
    element.writeBytes(content.toByteArray());
    return element.toByteArray();
  }
}
