package tongguan.identity.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.Relay;
import tongguan.base.Limits;
import tongguan.base.StartFailure;
import tongguan.identity.directory.LdapDirectory.Answer;

/** The agency's directory, played by a real slapd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LdapDirectoryTest {
  private static final Patience SHORT = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(1));

  private static final String PASSWORD = "海關 by the quay, 42";

  private Slapd slapd;
  private ServerSocket canary;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    canary = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    slapd =
        Slapd.start(
            temporary.resolve("slapd"),
            Map.of("chen", PASSWORD, "lin", "another person's one", "a*b", PASSWORD),
            canary.getLocalPort());
  }

  @AfterAll
  void stop() throws IOException {
    slapd.close();
    canary.close();
  }

  private LdapDirectory directory(String... changes) {
    Map<String, String> settings = new HashMap<>(slapd.settings());
    for (int i = 0; i < changes.length; i += 2) {
      settings.put(changes[i], changes[i + 1]);
    }
    return new LdapDirectory(LdapSettings.of(settings).orElseThrow().within(SHORT));
  }

  @Test
  void theRightPasswordIsRightOverStartTlsOverTlsAndPlainlyOnThisMachine() {
    assertThat(directory().check("chen", PASSWORD)).isEqualTo(new Answer.Is());
    assertThat(
            directory("TONGGUAN_LDAP_URL", "ldaps://127.0.0.1:" + slapd.tlsPort)
                .check("chen", PASSWORD))
        .isEqualTo(new Answer.Is());
    assertThat(directory("TONGGUAN_LDAP_PLAIN", "yes").check("chen", PASSWORD))
        .isEqualTo(new Answer.Is());
  }

  @Test
  void aWrongPasswordAnUnknownPersonAndTwoOfThatNameAreRefused() {
    LdapDirectory directory = directory();

    assertThat(directory.check("chen", "another person's one")).isEqualTo(new Answer.Refused());
    assertThat(directory.check("chen", PASSWORD + " ")).isEqualTo(new Answer.Refused());
    assertThat(directory.check("nobody", PASSWORD)).isEqualTo(new Answer.Refused());
    assertThat(directory.check("twice", "the same for both")).isEqualTo(new Answer.Refused());
    assertThat(directory.isAway()).isFalse();
  }

  @Test
  void aNameIsAValueAndNeverPartOfTheQuestion() {
    LdapDirectory directory = directory();

    for (String name :
        List.of(
            "*",
            "che*",
            "*)(uid=*",
            "chen)(|(uid=*",
            "chen)(objectClass=*",
            "\\63hen",
            "chen\u0000",
            "uid=chen," + Slapd.BASE,
            "(uid=chen)")) {
      assertThat(directory.check(name, PASSWORD)).as(name).isEqualTo(new Answer.Refused());
    }
    assertThat(directory.check("a*b", PASSWORD)).isEqualTo(new Answer.Is());
    assertThat(directory.check("chen", PASSWORD)).isEqualTo(new Answer.Is());
  }

  @Test
  void anEmptyPasswordIsNeverSentAlthoughThisDirectoryWouldLetItIn() throws Exception {
    assertThat(directory().check("chen", "")).isEqualTo(new Answer.Refused());

    slapd.freeze();
    try {
      // Were it sent, it would have to wait.
      assertThat(directory().check("chen", "")).isEqualTo(new Answer.Refused());
    } finally {
      slapd.thaw();
    }
  }

  @Test
  void aDirectoryThatIsDownIsAwayAndThenLeftAloneForAWhile() throws Exception {
    LdapDirectory directory = directory();
    slapd.stop();
    try {
      for (int i = 0; i < Limits.DIRECTORY_FAILURES; i++) {
        assertThat(directory.check("chen", PASSWORD))
            .isInstanceOfSatisfying(
                Answer.Away.class,
                away -> {
                  assertThat(away.why()).startsWith("connect");
                  assertThat(away.asked()).isFalse();
                });
      }
      assertThat(directory.check("chen", PASSWORD)).isEqualTo(new Answer.Away("resting", false));
      assertThat(directory.isAway()).isTrue();
    } finally {
      slapd.startAgain();
    }
    assertThat(directory().check("chen", PASSWORD)).isEqualTo(new Answer.Is());
  }

  @Test
  void aDirectoryThatHangsIsAwayInTime() throws Exception {
    LdapDirectory directory = directory();
    slapd.freeze();
    try {
      long started = System.nanoTime();
      Answer answer = directory.check("chen", PASSWORD);

      assertThat(answer).isInstanceOf(Answer.Away.class);
      assertThat(Duration.ofNanos(System.nanoTime() - started))
          .isBetween(SHORT.answer().minusMillis(500), SHORT.answer().plusMillis(1500));
    } finally {
      slapd.thaw();
    }
    assertThat(directory.check("chen", PASSWORD)).isEqualTo(new Answer.Is());
  }

  @Test
  void aDirectoryThatSaysAByteNowAndThenIsAwayInTimeAllTheSame() throws Exception {
    try (ServerSocket drip = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread server = Thread.ofVirtual().start(() -> Drip.serve(drip));
      long started = System.nanoTime();

      Answer answer =
          directory(
                  "TONGGUAN_LDAP_URL",
                  "ldap://127.0.0.1:" + drip.getLocalPort(),
                  "TONGGUAN_LDAP_PLAIN",
                  "yes")
              .check("chen", PASSWORD);

      assertThat(answer).isInstanceOf(Answer.Away.class);
      assertThat(Duration.ofNanos(System.nanoTime() - started))
          .isLessThan(SHORT.answer().plusMillis(1500));
      server.interrupt();
    }
  }

  @Test
  void aForeignCertificateAndOneOfAnotherMachineAreNotTalkedTo() throws Exception {
    Path foreign = Slapd.certificate(folder, "foreign", "san=ip:127.0.0.1");
    for (String url :
        List.of("ldap://127.0.0.1:" + slapd.port, "ldaps://127.0.0.1:" + slapd.tlsPort)) {
      assertThat(
              directory("TONGGUAN_LDAP_URL", url, "TONGGUAN_LDAP_CA_FILE", foreign.toString())
                  .check("chen", PASSWORD))
          .as(url)
          .isInstanceOfSatisfying(
              Answer.Away.class,
              away -> {
                assertThat(away.why()).startsWith("connect");
                assertThat(away.asked()).isFalse();
              });
    }
    for (String scheme : List.of("ldap", "ldaps")) {
      int port = scheme.equals("ldap") ? slapd.port : slapd.tlsPort;
      // The right certificate, under an address that it does not name.
      try (Relay relay = Relay.to(port, "127.0.0.2")) {
        assertThat(
                directory("TONGGUAN_LDAP_URL", scheme + "://127.0.0.2:" + relay.port())
                    .check("chen", PASSWORD))
            .as(scheme)
            .isInstanceOfSatisfying(
                Answer.Away.class, away -> assertThat(away.why()).startsWith("connect"));
      }
    }
  }

  @Test
  void thePlatformsOwnWrongPasswordIsNobodyElsesFault() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong"), "not it");

    assertThat(
            directory("TONGGUAN_LDAP_BIND_PASSWORD_FILE", wrong.toString()).check("chen", PASSWORD))
        .isInstanceOfSatisfying(
            Answer.Away.class,
            away -> {
              assertThat(away.why()).startsWith("sign in as the platform");
              assertThat(away.asked()).isFalse();
            });
  }

  @Test
  void nobodyIsAskedBecauseTheDirectorySaysSo() throws Exception {
    assertThat(directory().check("chen", PASSWORD)).isEqualTo(new Answer.Is());
    assertThat(
            directory("TONGGUAN_LDAP_BASE", "cn=elsewhere," + Slapd.BASE).check("chen", PASSWORD))
        .isInstanceOf(Answer.Away.class);

    canary.setSoTimeout(300);
    assertThatThrownBy(canary::accept).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void settingsThatCannotWorkAreSaidAtTheStart() throws Exception {
    assertThat(LdapSettings.of(Map.of())).isEmpty();
    for (Map<String, String> wrong :
        List.of(
            Map.of("TONGGUAN_LDAP_URL", "http://127.0.0.1"),
            Map.of("TONGGUAN_LDAP_URL", "ldap://chen:secret@127.0.0.1"),
            Map.of("TONGGUAN_LDAP_URL", "ldap://127.0.0.1/dc=other"),
            Map.of("TONGGUAN_LDAP_URL", "ldap://10.1.2.3", "TONGGUAN_LDAP_PLAIN", "yes"),
            Map.of("TONGGUAN_LDAP_BASE", "people"),
            Map.of("TONGGUAN_LDAP_BASE", ""),
            Map.of("TONGGUAN_LDAP_ATTRIBUTE", "uid=*)(x"),
            Map.of("TONGGUAN_LDAP_BIND_PASSWORD_FILE", "/nowhere"),
            Map.of("TONGGUAN_LDAP_CA_FILE", folder.resolve("slapd/slapd.conf").toString()))) {
      Map<String, String> settings = new HashMap<>(slapd.settings());
      settings.putAll(wrong);
      assertThatThrownBy(() -> LdapSettings.of(settings))
          .as(wrong.toString())
          .isInstanceOf(StartFailure.class)
          .hasMessageContaining("TONGGUAN_LDAP_");
    }
  }
}
