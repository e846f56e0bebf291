package tongguan.access.channel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.http.TestAuthority;
import tongguan.fleet.authority.AuthorityVerb;
import tongguan.fleet.authority.FleetFolder;
import tongguan.fleet.authority.Requests;

/**
 * A new authority beside the old one: nodes are restarted one after the other, devices go on with
 * what they have and come under the new one with their next certificate (P14).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorityHttpTest {
  private final Line line = new Line();

  @AfterAll
  void stop() {
    line.close();
  }

  private String said(String act) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuthorityVerb(
            new FleetFolder(line.keys),
            Clock.systemUTC(),
            new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(List.of(act));
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<X509Certificate> chain(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    String pem = SignedIn.json(response).path("certificate").stringValue();
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  private void makeDue(Steward steward) {
    line.execute(
        """
        update fleet.certificate
        set issued_at = issued_at - interval '61 days', ends_at = ends_at - interval '61 days'
        where device = '%s'
        """,
        steward.id);
  }

  private static int heartbeat(Steward at, HttpClient with) {
    return Steward.send(with, at.request("heartbeat", Steward.report(Map.of()))).statusCode();
  }

  private static HttpResponse<String> renew(Steward at, HttpClient with, KeyPair next) {
    return Steward.send(with, at.request("renew", Map.of("csr", Requests.pem(next))));
  }

  @Test
  void devicesThatKnowTheOldAuthorityGoOnAndComeUnderTheNewOneWithTheirNextCertificate()
      throws Exception {
    Platform still = line.platform;
    X509Certificate before = still.channel().authority().anchor();
    Steward renewing = line.aDevice().enrolled();
    Steward late = line.aDevice().enrolled();
    List<X509Certificate> first = List.of(renewing.certificate());
    assertThat(said("renew")).contains("authority-2.key").contains("believed ");
    Platform restarted = line.node();
    X509Certificate after = restarted.channel().authority().anchor();
    assertThat(after.getPublicKey()).isNotEqualTo(before.getPublicKey());
    assertThat(Files.readString(line.keys.resolve("authority.pem")))
        .as("what is handed to who sets devices up")
        .contains(
            java.util.Base64.getEncoder().encodeToString(after.getEncoded()).substring(0, 40));

    Steward there = renewing.at(restarted);
    HttpClient knowingTheOld = there.client(first, renewing.keys, before);
    assertThat(heartbeat(there, knowingTheOld)).isEqualTo(200);
    makeDue(renewing);
    KeyPair next = TestAuthority.newKeys();
    List<X509Certificate> given = chain(renew(there, knowingTheOld, next));
    assertThat(given).hasSize(2);
    given.get(0).verify(after.getPublicKey());
    given.get(1).verify(before.getPublicKey());

    assertThat(heartbeat(renewing, renewing.client(given, next, before)))
        .as("on a node that is not restarted yet")
        .isEqualTo(200);
    HttpClient knowingTheNew = there.client(given, next, given.get(1));
    assertThat(heartbeat(there, knowingTheNew)).isEqualTo(200);
    makeDue(renewing);
    assertThat(chain(renew(there, knowingTheNew, TestAuthority.newKeys())))
        .as("who believes the new one needs no word for it")
        .hasSize(1);

    Steward newcomer = line.aDevice().at(restarted);
    newcomer.enrolled();
    newcomer.certificate().verify(after.getPublicKey());
    assertThat(newcomer.heartbeat(Map.of()).statusCode()).isEqualTo(200);
    assertThat(
            heartbeat(
                late.at(restarted),
                late.at(restarted).client(List.of(late.certificate()), late.keys, before)))
        .as("a certificate of the old one that lives")
        .isEqualTo(200);

    makeDue(late);
    HttpResponse<String> refused =
        late.post("renew", Map.of("csr", Requests.pem(TestAuthority.newKeys())));
    assertThat(refused.statusCode()).as("nothing more is signed with the old key").isEqualTo(503);
    assertThat(SignedIn.code(refused)).isEqualTo("authority-replaced");

    Files.delete(line.keys.resolve("authority.key"));
    Platform last = line.node();
    Steward forgotten = late.at(last);
    HttpClient old = forgotten.client(List.of(late.certificate()), late.keys, after);
    assertThat(heartbeat(forgotten, old)).as("no certificate that is believed").isEqualTo(403);
    assertThat(newcomer.at(last).heartbeat(Map.of()).statusCode()).isEqualTo(200);
    assertThat(said("show").lines()).hasSize(1);
  }
}
