package tongguan.fleet.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import tongguan.base.http.TestAuthority;

/** Certificate requests as they come: the good one, and everything else (rule 24). */
class CertificateRequestTest {
  private static String why(String pem) {
    return switch (CertificateRequest.read(pem)) {
      case CertificateRequest.Read.Good good -> "good";
      case CertificateRequest.Read.Bad bad -> bad.why();
    };
  }

  @Test
  void aGoodOneGivesItsKey() {
    KeyPair keys = TestAuthority.newKeys();
    assertThat(CertificateRequest.read(Requests.pem(keys)))
        .isInstanceOfSatisfying(
            CertificateRequest.Read.Good.class,
            good -> assertThat(good.request().key()).isEqualTo(keys.getPublic()));
  }

  @Test
  void aPointThatIsNotOnTheCurveIsNoKey() {
    KeyPair keys = TestAuthority.newKeys();
    byte[] moved = keys.getPublic().getEncoded();
    moved[moved.length - 1] ^= 1;
    assertThat(
            why(
                Requests.pem(
                    moved, keys, "SHA256withECDSA", X9ObjectIdentifiers.ecdsa_with_SHA256)))
        .isIn("key-not-on-curve", "request-signature");
  }

  @Test
  void otherDigestsAreNotTaken() {
    KeyPair keys = TestAuthority.newKeys();
    assertThat(
            why(
                Requests.pem(
                    keys.getPublic().getEncoded(),
                    keys,
                    "SHA1withECDSA",
                    X9ObjectIdentifiers.ecdsa_with_SHA1)))
        .isEqualTo("signature-type");
  }

  @Test
  void ofManyMutationsNoneIsTakenForAnotherKeyAndNoneThrows() {
    KeyPair keys = TestAuthority.newKeys();
    String good = Requests.pem(keys);
    byte[] der = Base64.getMimeDecoder().decode(good.replaceAll("-----[A-Z ]+-----", ""));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] mutated = der.clone();
      int flips = 1 + random.nextInt(4);
      for (int flip = 0; flip < flips; flip++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? random.nextInt(mutated.length) : mutated.length;
      String pem = Requests.pem(java.util.Arrays.copyOf(mutated, length));
      Optional<CertificateRequest> read =
          CertificateRequest.read(pem) instanceof CertificateRequest.Read.Good good2
              ? Optional.of(good2.request())
              : Optional.empty();
      read.ifPresent(
          request -> assertThat(request.key()).as("seed " + seed).isEqualTo(keys.getPublic()));
    }
    for (String text : java.util.List.of("", "x", good.substring(0, 80), good.replace('-', '='))) {
      assertThat(why(text)).isEqualTo("request-malformed");
    }
    assertThat(why(good + " ".repeat(5_000))).isEqualTo("request-too-long");
  }
}
