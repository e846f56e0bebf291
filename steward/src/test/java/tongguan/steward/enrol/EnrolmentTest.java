package tongguan.steward.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.base.Json;
import tongguan.steward.base.Texts;
import tongguan.steward.peer.PlatformPeer;
import tongguan.steward.peer.TestAuthority;

/** Against a platform of the test's own; keytool signs what the steward asks for. */
class EnrolmentTest {
  @TempDir static Path authorities;
  @TempDir Path state;
  private static PlatformPeer platform;
  private final Enrolment enrolment = new Enrolment("0.1.0");

  @BeforeAll
  static void begin() throws IOException, GeneralSecurityException {
    platform = new PlatformPeer(Files.createDirectory(authorities.resolve("ca"))).start();
  }

  @AfterAll
  static void end() {
    platform.close();
  }

  @BeforeEach
  void anew() {
    platform.answerToEnrolment = "";
    platform.enrolments.clear();
  }

  private Enrolment.Outcome enrol(String text) {
    return enrolment.enrol(
        QrText.parse(text).orElseThrow(), "SN 台 1", List.of("02:00:00:00:00:01"));
  }

  private Identity enrolled() throws IOException {
    return ((Enrolment.Outcome.Enrolled) enrol(platform.qrText())).identity();
  }

  @Test
  void theDeviceMakesItsKeyAndThePlatformsCertificateFitsIt() throws IOException, Json.Malformed {
    Identity identity = enrolled();

    assertThat(identity.device()).isEqualTo(platform.device);
    assertThat(identity.chain().getFirst().getSubjectX500Principal().getName())
        .isEqualTo("CN=" + platform.device);
    assertThat(identity.commandKey()).isEqualTo(platform.commandKey());
    assertThat(identity.stream()).isEqualTo(identity.platform());
    assertThat(Json.text(platform.enrolments.getFirst(), "csr"))
        .startsWith("-----BEGIN CERTIFICATE REQUEST-----");
    assertThat(platform.enrolments.getFirst().path("macs").get(0).stringValue())
        .isEqualTo("02:00:00:00:00:01");
    assertThat(platform.enrolments.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void whatWasStoredIsTheSameAgainAndForItsOwnerOnly() throws IOException {
    Identity identity = enrolled();
    new IdentityFile(state).write(identity);

    assertThat(new IdentityFile(state).read()).contains(identity);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(state.resolve("device.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aWrongCodeIsRefused() throws IOException {
    assertThat(enrol(platform.qrText().replace("ABCD", "ZZZZ")))
        .isEqualTo(new Enrolment.Outcome.Refused(403));
  }

  /** The first connection already knows whom it talks to: the code is not told to anybody else. */
  @Test
  void anotherAuthorityThanTheCodeNamesLearnsNothing() throws IOException {
    String text = platform.qrText();
    String other = text.substring(0, text.length() - 64) + Texts.sha256("another");

    assertThat(enrol(other))
        .isEqualTo(
            new Enrolment.Outcome.Failed(
                "(certificate_unknown) the server does not show the authority that the code names"));
    assertThat(platform.enrolments).isEmpty();
  }

  @Test
  void aServerOfTheAuthorityUnderAnotherNameIsNotThePlatform()
      throws IOException, GeneralSecurityException {
    PlatformPeer other = new PlatformPeer(Files.createDirectory(state.resolve("ca2")));
    try (other) {
      other.start("127.0.0.1", other.authority().server("SAN=DNS:else.example", "EKU=serverAuth"));

      assertThat(enrol(other.qrText()).toString()).contains("127.0.0.1");
      assertThat(other.enrolments).isEmpty();
    }
  }

  /** Devices have certificates of the same authority; none of them may play the platform. */
  @Test
  void aDevicesCertificateIsNoServers() throws IOException, GeneralSecurityException {
    PlatformPeer other = new PlatformPeer(Files.createDirectory(state.resolve("ca3")));
    try (other) {
      other.start("127.0.0.1", other.authority().server("SAN=IP:127.0.0.1", "EKU=clientAuth"));

      assertThat(enrol(other.qrText())).isInstanceOf(Enrolment.Outcome.Failed.class);
      assertThat(other.enrolments).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherKeyOrFromAnotherHandIsNotTaken() throws IOException {
    String ca =
        Json.write(Json.object().put("a", platform.authority().pem())).replaceAll("^.*:|}$", "");
    String key = java.util.Base64.getEncoder().encodeToString(platform.commandKey().getEncoded());
    platform.answerToEnrolment =
        "{\"device\":\"d\",\"certificate\":"
            + ca
            + ",\"authority\":"
            + ca
            + ",\"commandKey\":\""
            + key
            + "\"}";

    assertThat(enrol(platform.qrText()))
        .isEqualTo(new Enrolment.Outcome.Failed("the certificate is for another key"));

    String foreign =
        Json.write(
                Json.object()
                    .put("a", new TestAuthority(Files.createDirectory(state.resolve("ca4"))).pem()))
            .replaceAll("^.*:|}$", "");
    platform.answerToEnrolment =
        "{\"device\":\"d\",\"certificate\":"
            + ca
            + ",\"authority\":"
            + foreign
            + ",\"commandKey\":\""
            + key
            + "\"}";
    assertThat(enrol(platform.qrText()))
        .isEqualTo(
            new Enrolment.Outcome.Failed("the platform names another authority than the code"));
  }

  @Test
  void nonsenseForAnAnswerIsAFailure() throws IOException {
    platform.answerToEnrolment = "{\"device\":7}";

    assertThat(enrol(platform.qrText())).isInstanceOf(Enrolment.Outcome.Failed.class);
  }

  @Test
  void itIsRenewedInTheLastThirdWithAKeyOfItsOwn() throws IOException {
    Identity identity = enrolled();
    Instant until = identity.chain().getFirst().getNotAfter().toInstant();

    assertThat(identity.isToBeRenewed(until.minus(Duration.ofDays(11)))).isFalse();
    assertThat(identity.isToBeRenewed(until.minus(Duration.ofDays(9)))).isTrue();
    Identity renewed = ((Enrolment.Outcome.Enrolled) enrolment.renew(identity)).identity();

    assertThat(renewed.key()).isNotEqualTo(identity.key());
    assertThat(renewed.chain()).isNotEqualTo(identity.chain());
    assertThat(renewed.device()).isEqualTo(identity.device());
    assertThat(enrolment.renew(renewed)).isInstanceOf(Enrolment.Outcome.Enrolled.class);
  }

  @Test
  void aPlatformThatIsAwayIsAFailure() throws IOException {
    String text = platform.qrText().replace(":" + platform.port() + ":", ":1:");

    assertThat(enrol(text)).isInstanceOf(Enrolment.Outcome.Failed.class);
  }
}
