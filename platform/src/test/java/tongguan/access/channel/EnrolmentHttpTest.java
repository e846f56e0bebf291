package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.SignedIn;
import tongguan.base.http.TestAuthority;
import tongguan.fleet.authority.Requests;
import tools.jackson.databind.JsonNode;

/**
 * How a device gets its key known, renews it and loses it: over real TLS, with the platform's own
 * authority, on two nodes (rules 3, 30; P2, P4, P14).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnrolmentHttpTest {
  private Line line;
  private Platform other;

  @BeforeAll
  void start() {
    line = new Line();
    other = line.node();
    // Many devices of this test come from few addresses, and some of them guess.
    line.execute("update identity.policy set value = 1000 where code = 'guess-limit'");
  }

  @AfterAll
  void stop() {
    line.close();
  }

  private String lastRefusal() {
    return line.value(
        "select code from audit.entry where act = 'device.enrol' and outcome = 'refused' order by at desc, id desc limit 1");
  }

  private void refused(HttpResponse<String> response, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
    assertThat(SignedIn.code(response)).isEqualTo("enrolment-refused");
    assertThat(lastRefusal()).isEqualTo(why);
  }

  @Test
  void aDeviceMakesItsOwnKeyAndGetsACertificateForItAlone() throws Exception {
    Steward steward = line.aDevice();
    HttpResponse<String> made =
        line.administrator()
            .make("/api/v1/devices/" + steward.id + "/enrolment", Map.of("reason", "new device"));
    JsonNode shown = SignedIn.json(made);
    String code = shown.path("code").stringValue();
    assertThat(code).matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}");
    assertThat(shown.path("qr").stringValue())
        .isEqualTo(
            "tongguan-enrol:1:https://127.0.0.1:%d:%s:%s"
                .formatted(
                    line.platform.securePort(),
                    code,
                    java.util.HexFormat.of()
                        .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256")
                                .digest(
                                    line.platform
                                        .channel()
                                        .authority()
                                        .anchor()
                                        .getPublicKey()
                                        .getEncoded()))));

    Map<String, Object> body = steward.body(code.toLowerCase(java.util.Locale.ROOT));
    body.put("macs", List.of("02:00:00:00:00:01", "02-00-00-00-00-02"));
    HttpResponse<String> response = steward.enrol(body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    X509Certificate certificate = steward.certificate();
    X509Certificate anchor = line.platform.channel().authority().anchor();
    certificate.verify(anchor.getPublicKey());
    assertThat(certificate.getPublicKey()).isEqualTo(steward.keys.getPublic());
    assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + steward.id);
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getSerialNumber().bitLength()).isEqualTo(128);
    assertThat(
            java.time.Duration.between(
                java.time.Instant.now(), certificate.getNotAfter().toInstant()))
        .isBetween(java.time.Duration.ofDays(89), java.time.Duration.ofDays(91));
    assertThat(
            line.value(
                "select string_agg(mac::text, ' ' order by mac) from fleet.mac where device = '%s'",
                steward.id))
        .isEqualTo("02:00:00:00:00:01 02:00:00:00:00:02");
    assertThat(steward.heartbeat(Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void theCodeIsKeptNowhereAndToldOnce() {
    Steward steward = line.aDevice();
    SignedIn administrator = line.administrator();
    String path = "/api/v1/devices/" + steward.id + "/enrolment";
    Map<String, String> input = Map.of("reason", "new device");
    Map<String, Object> body =
        Map.of(
            "input",
            input,
            "confirmation",
            administrator.draft(path, input),
            "password",
            SignedIn.PASSWORD);
    JsonNode first = SignedIn.json(administrator.post(path, body, "Idempotency-Key", "enrol-once"));
    JsonNode again = SignedIn.json(administrator.post(path, body, "Idempotency-Key", "enrol-once"));

    assertThat(again.path("done").booleanValue()).isTrue();
    assertThat(again.has("code")).isFalse();
    assertThat(again.has("qr")).isFalse();
    String code = first.path("code").stringValue();
    for (String table : List.of("access.reply", "fleet.enrolment", "fleet.event", "audit.entry")) {
      assertThat(line.value("select count(*) from %s t where t::text like '%%%s%%'", table, code))
          .as(table)
          .isEqualTo("0");
    }
    assertThat(steward.enrol(code).statusCode()).isEqualTo(200);
  }

  @Test
  void ofManyWhoUseOneCodeAtOnceOnTwoNodesExactlyOneWins() throws Exception {
    for (int round = 0; round < 5; round++) {
      Steward steward = line.aDevice();
      String code = line.code(steward);
      List<Callable<Integer>> tries = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Steward one = i % 2 == 0 ? steward.at(line.platform) : steward.at(other);
        one.keys = TestAuthority.newKeys();
        tries.add(() -> one.enrol(code).statusCode());
      }
      List<Integer> statuses = new ArrayList<>();
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var outcome : executor.invokeAll(tries)) {
          statuses.add(outcome.get());
        }
      }

      assertThat(Collections.frequency(statuses, 200)).isEqualTo(1);
      assertThat(Collections.frequency(statuses, 403)).isEqualTo(11);
      assertThat(
              line.value("select count(*) from fleet.certificate where device = '%s'", steward.id))
          .isEqualTo("1");
    }
  }

  @Test
  void whateverIsWrongTheAnswerIsTheSame() throws Exception {
    Steward steward = line.aDevice();
    String code = line.code(steward);
    refused(steward.enrol("0000-0000-0000-0000"), "no-such-code");
    refused(steward.enrol("no code at all"), "no-such-code");

    Map<String, Object> anotherSerial = steward.body(code);
    anotherSerial.put("serial", "NB-OTHER");
    refused(steward.enrol(anotherSerial), "serial-of-another-device");

    Map<String, Object> badRequest = steward.body(code);
    badRequest.put(
        "csr", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----");
    refused(steward.enrol(badRequest), "request-malformed");

    Map<String, Object> anotherSigner = steward.body(code);
    anotherSigner.put(
        "csr",
        Requests.pem(
            steward.keys.getPublic().getEncoded(),
            TestAuthority.newKeys(),
            "SHA256withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA256));
    refused(steward.enrol(anotherSigner), "request-signature");

    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPair rsaKeys = rsa.generateKeyPair();
    Map<String, Object> rsaRequest = steward.body(code);
    rsaRequest.put(
        "csr",
        Requests.pem(
            rsaKeys.getPublic().getEncoded(),
            rsaKeys,
            "SHA256withRSA",
            PKCSObjectIdentifiers.sha256WithRSAEncryption));
    refused(steward.enrol(rsaRequest), "key-type");

    // The fifth wrong try: from now on not even the right one.
    KeyPairGenerator big = KeyPairGenerator.getInstance("EC");
    big.initialize(new ECGenParameterSpec("secp384r1"));
    KeyPair bigKeys = big.generateKeyPair();
    Map<String, Object> bigRequest = steward.body(code);
    bigRequest.put(
        "csr",
        Requests.pem(
            bigKeys.getPublic().getEncoded(),
            bigKeys,
            "SHA256withECDSA",
            X9ObjectIdentifiers.ecdsa_with_SHA256));
    refused(steward.enrol(bigRequest), "key-type");
    refused(steward.enrol(code), "code-used-or-ended");
  }

  @Test
  void aCodeEndsInTimeAndWithANewerOneAndWithTheReportOfALoss() {
    Steward steward = line.aDevice();
    String old = line.code(steward);
    line.execute(
        "update fleet.enrolment set ends_at = now() - interval '1 second' where device = '%s'",
        steward.id);
    refused(steward.enrol(old), "code-used-or-ended");

    String replaced = line.code(steward);
    String newest = line.code(steward);
    refused(steward.enrol(replaced), "code-used-or-ended");

    line.execute("update fleet.device set state = 'lost' where id = '%s'", steward.id);
    refused(steward.enrol(newest), "device-lost");
    assertThat(
            SignedIn.code(
                line.administrator()
                    .post(
                        "/api/v1/devices/" + steward.id + "/enrolment/draft",
                        Map.of("reason", "r"))))
        .isEqualTo("enrolment-obstacle");
  }

  @Test
  void whoGuessesFromOneAddressIsSlowedDownAndWhoSucceedsIsNot() {
    try {
      line.execute("update identity.policy set value = 5 where code = 'guess-limit'");
      Steward steward = line.aDevice();
      for (int i = 0; i < 7; i++) {
        assertThat(steward.enrol(line.code(steward)).statusCode()).isEqualTo(200);
        steward.keys = TestAuthority.newKeys();
      }
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        statuses.add(steward.enrol("0000-0000-0000-000" + i).statusCode());
      }

      assertThat(statuses).containsExactly(403, 403, 403, 403, 403, 429, 429);
      assertThat(line.aDevice().enrol("0000-0000-0000-0000").statusCode()).isEqualTo(403);
    } finally {
      line.execute("update identity.policy set value = 1000 where code = 'guess-limit'");
    }
  }

  @Test
  void aKeyBelongsToOneDeviceAndNeverComesBackOnceItWasRevoked() {
    Steward steward = line.aDevice().enrolled();
    Steward thief = line.aDevice();
    thief.keys = steward.keys;
    refused(thief.enrol(line.code(thief)), "key-of-another-device");

    line.execute(
        """
        update fleet.certificate set revoked_at = now(), revoked_why = 'test'
        where device = '%s'
        """,
        steward.id);
    refused(steward.enrol(line.code(steward)), "key-revoked");

    steward.keys = TestAuthority.newKeys();
    assertThat(steward.enrol(line.code(steward)).statusCode()).isEqualTo(200);
  }

  /** P4, S7, rule 30. */
  @Test
  void aWipeStandsInTheWayOfANewKeyUntilItIsProven() {
    Steward steward = line.aDevice().enrolled();
    line.execute(
        "insert into fleet.command (device, number, kind, body, signature) values ('%s', 1000, 'wipe', '{}', '')",
        steward.id);
    Steward asNew = steward.at(line.platform);
    asNew.keys = TestAuthority.newKeys();
    line.execute(
        """
        insert into fleet.enrolment (code, device, made_by, ends_at)
        select sha256('enrol 1111-1111-1111-1111'), '%s', id, now() + interval '1 hour'
        from identity.account where name = 'admin'
        """,
        steward.id);

    assertThat(
            SignedIn.code(
                line.administrator()
                    .post(
                        "/api/v1/devices/" + steward.id + "/enrolment/draft",
                        Map.of("reason", "r"))))
        .isEqualTo("enrolment-obstacle");
    refused(asNew.enrol("1111-1111-1111-1111"), "wipe-pending");
    assertThatThrownBy(() -> line.execute("delete from fleet.device where id = '%s'", steward.id))
        .hasMessageContaining("not deleted");
    assertThatThrownBy(
            () -> line.execute("delete from fleet.command where device = '%s'", steward.id))
        .hasMessageContaining("not deleted");

    assertThat(steward.answer(1000, "wipe", "done", "").statusCode()).isEqualTo(204);
    assertThat(asNew.enrol("1111-1111-1111-1111").statusCode()).isEqualTo(200);
  }

  /** P4, rule 31: a new disk has no key with which the old one's wipe could be proven. */
  @Test
  void aDeviceWhoseKeyIsGoneIsEnrolledAnewWhenTwoPersonsHaveWaivedTheProof() {
    SignedIn.account(line.platform, "waiver", "HQ", 1, "headquarters-administrator", "all");
    SignedIn second = SignedIn.stranger(line.platform, "waiver").in();
    Map<String, Object> reason = Map.of("reason", "a new disk");
    Steward steward = line.aDevice().enrolled();
    String device = "/api/v1/devices/" + steward.id;
    line.administrator().make(device + "/lost", reason);
    line.administrator().make(device + "/found", reason);
    Steward asNew = steward.at(line.platform);
    asNew.keys = TestAuthority.newKeys();
    assertThat(SignedIn.code(line.administrator().post(device + "/enrolment/draft", reason)))
        .isEqualTo("enrolment-obstacle");

    String request =
        SignedIn.json(line.administrator().make(device + "/waive-wipe", reason))
            .path("request")
            .stringValue();
    assertThat(SignedIn.code(line.administrator().post(device + "/enrolment/draft", reason)))
        .as("asked for is not agreed to")
        .isEqualTo("enrolment-obstacle");
    second.make(
        "/api/v1/requests/" + request + "/decide",
        Map.of("approve", true, "reason", "the old one lies here in pieces"));

    asNew.enrolled();
    line.execute(
        """
        update fleet.device set state = 'assigned',
          holder = (select id from identity.account where name = 'admin')
        where id = '%s'
        """,
        steward.id);
    try (Events events = asNew.stream()) {
      events.hello();
      assertThat(asNew.heartbeat(Map.of()).statusCode()).isEqualTo(200);
    }
    assertThat(steward.heartbeat(Map.of()).statusCode()).as("the old disk").isEqualTo(403);
    refused(steward.enrol(line.code(steward)), "key-revoked");
  }

  @Test
  void aDeviceThatNeverHadAKeyIsEnrolledAndThenWipedFirst() {
    Steward steward = line.aDevice();
    line.execute(
        "insert into fleet.command (device, number, kind, body, signature) values ('%s', 1, 'wipe', '{}', '')",
        steward.id);
    steward.enrolled();
    try (Events events = steward.stream()) {
      events.hello();
      assertThat(events.command().kind()).isEqualTo("wipe");
    }
  }

  @Test
  void theCertificateIsRenewedInItsLastThirdAndTheOldOneEndsWhenTheNewOneIsSeen() {
    Steward steward = line.aDevice().enrolled();
    KeyPair next = TestAuthority.newKeys();
    HttpResponse<String> early = steward.post("renew", Map.of("csr", Requests.pem(next)));
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(SignedIn.json(early).path("why").stringValue()).isEqualTo("too-early");

    line.execute(
        "update fleet.certificate set issued_at = issued_at - interval '61 days', ends_at = ends_at - interval '61 days' where device = '%s'",
        steward.id);
    String never =
        certificate(steward.post("renew", Map.of("csr", Requests.pem(TestAuthority.newKeys()))));
    X509Certificate given =
        Steward.certificate(certificate(steward.post("renew", Map.of("csr", Requests.pem(next)))));
    Steward renewed = steward.renewed(other, next, given);
    assertThat(steward.heartbeat(Map.of()).statusCode()).as("not seen yet").isEqualTo(200);

    try (Events held = steward.stream()) {
      held.hello();
      assertThat(renewed.heartbeat(Map.of()).statusCode()).isEqualTo(200);
      assertThat(held.millisUntilOver(3000)).isLessThan(1000);
    }
    assertThat(steward.heartbeat(Map.of()).statusCode()).isEqualTo(403);
    assertThat(renewed.heartbeat(Map.of()).statusCode()).isEqualTo(200);
    assertThat(
            line.value(
                "select string_agg(coalesce(revoked_why, 'holds'), ' ' order by issued_at) from fleet.certificate where device = '%s'",
                steward.id))
        .isEqualTo("renewed never-used holds");
    assertThat(never).isNotEmpty();
  }

  private static String certificate(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return SignedIn.json(response).path("certificate").stringValue();
  }

  @Test
  void aCertificateOfAnotherAuthorityOpensNothing() {
    Steward steward = line.aDevice().enrolled();
    TestAuthority.Holder forged =
        new TestAuthority("Tongguan device authority").client(steward.id.toString());
    Steward forger = steward.at(line.platform);
    assertThatThrownBy(() ->
            Steward.send(
                forger.client(forged.certificate(), forged.keys()),
                forger.request("heartbeat", Map.of())))
        .isInstanceOf(UncheckedIOException.class);

    // Without one the door opens, and nothing behind it.
    HttpResponse<String> without =
        Steward.send(steward.without(), steward.request("heartbeat", Map.of()));
    assertThat(without.statusCode()).isEqualTo(403);
  }

  @Test
  void theSecondNodeSignsWithTheSameKeysAndAThirdWithOthersIsNotStarted() throws Exception {
    assertThat(other.channel().authority().pin())
        .isEqualTo(line.platform.channel().authority().pin());
    Steward steward = line.aDevice().at(other);
    assertThat(steward.enrol(line.code(steward)).statusCode()).isEqualTo(200);
    assertThat(steward.at(line.platform).heartbeat(Map.of()).statusCode()).isEqualTo(200);

    java.nio.file.Path foreign = java.nio.file.Files.createTempDirectory("tongguan-foreign");
    try (Platform stranger = new Platform(line.url, line.url, 0, java.time.Clock.systemUTC())) {
      assertThatThrownBy(
              () -> stranger.channel().open(new tongguan.fleet.authority.FleetFolder(foreign)))
          .hasMessageContaining("TONGGUAN_FLEET_KEYS");
    } finally {
      tongguan.base.Folders.delete(foreign);
    }
  }

  @Test
  void keysAreFilesOfTheirOwnerAlone() throws Exception {
    for (String file : List.of("authority.key", "command.key")) {
      Set<java.nio.file.attribute.PosixFilePermission> permissions =
          java.nio.file.Files.getPosixFilePermissions(line.keys.resolve(file));
      assertThat(java.nio.file.attribute.PosixFilePermissions.toString(permissions))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void bodiesThatAreNotWhatTheyShouldBeAreRefusedAsSuch() {
    Steward steward = line.aDevice();
    Map<String, Object> tooManyMacs = steward.body("x");
    tooManyMacs.put("macs", Collections.nCopies(17, "02:00:00:00:00:09"));
    Map<String, Object> noMac = steward.body("x");
    noMac.put("macs", List.of("02:00"));
    Map<String, Object> tooLong = steward.body("x");
    tooLong.put("csr", "A".repeat(5000));
    for (Map<String, Object> body : List.of(tooManyMacs, noMac, tooLong)) {
      HttpResponse<String> response = steward.enrol(body);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }
    assertThat(Steward.send(steward.without(), steward.request("enrol", List.of())).statusCode())
        .isEqualTo(400);
  }
}
