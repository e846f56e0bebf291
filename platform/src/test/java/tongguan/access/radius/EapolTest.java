package tongguan.access.radius;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/**
 * Hostap's eapol_test, a stranger that asks for EAP: refused in EAP's own words, and at a gateway
 * that asks for no password nobody is let in unproven by it (P15).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EapolTest {
  private DatabaseUrl url;
  private RadiusNode node;
  private TestGateway gateway;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    url = TestDatabase.empty();
    folder = data;
    node = new RadiusNode(url, data);
    gateway = TestGateway.add(url, data, "pgw-1", "127.0.0.62", "--signing", "anywhere");
    node.start();
  }

  @AfterAll
  void stop() {
    node.close();
    gateway.close();
  }

  private String eapolTest(FieldDevice device, String method) throws Exception {
    Path network =
        Files.writeString(
            folder.resolve("network-" + method),
            """
            network={
              key_mgmt=IEEE8021X
              eap=%s
              identity="field"
              password="hello"
            }
            """
                .formatted(method));
    Process process =
        new ProcessBuilder(
                List.of(
                    "eapol_test",
                    "-c" + network,
                    "-a127.0.0.1",
                    "-p" + node.auth(),
                    "-A127.0.0.62",
                    "-s" + gateway.secretText,
                    "-t10",
                    "-r0",
                    // Called-Station-Id, Calling-Station-Id, 3GPP-IMSI and 3GPP-IMEISV.
                    "-N30:s:" + TestGateway.APN,
                    "-N31:s:" + device.msisdn(),
                    "-N26:x:" + vendor(1, device.imsi()),
                    "-N26:x:" + vendor(20, device.imeisv())))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isNotZero();
    return output;
  }

  private static String vendor(int type, String text) {
    StringBuilder hex = new StringBuilder("000028af%02x%02x".formatted(type, text.length() + 2));
    text.chars().forEach(c -> hex.append("%02x".formatted(c)));
    return hex.toString();
  }

  @Test
  void whoAsksForEapIsRejectedInEapAndNotLetInWithoutIt() throws Exception {
    FieldDevice device = FieldDevice.add(url, 1);
    assertThat(gateway.ask(node.auth(), gateway.access(device)).code())
        .as("the same without EAP")
        .isEqualTo(tongguan.access.radius.wire.Code.ACCESS_ACCEPT);

    for (String method : List.of("MD5", "PEAP")) {
      String output = eapolTest(device, method);
      assertThat(output)
          .contains("code=3 (Access-Reject)", "EAP: Received EAP-Failure", "FAILURE")
          .doesNotContain("code=2 (Access-Accept)", "timed out", "Invalid Message-Authenticator");
    }
    assertThat(
            TestDatabase.text(
                url,
                "select count(*) || ' ' || min(code) from audit.entry where outcome = 'refused' and act = 'network.access'"))
        .isEqualTo("2 eap");
  }
}
