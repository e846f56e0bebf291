package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.base.http.Secured;
import tongguan.base.http.TestAuthority;
import tongguan.base.http.Wire;

/**
 * Under which names this server is asked over TLS: its own, and, on a device's connection, those by
 * which a browser reaches the gateway on its own machine.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnNameHttpTest {
  private Field field;
  private TestDevice device;
  private int port;

  @BeforeAll
  void start() {
    field = new Field();
    field.execute(
        "insert into access.zone (name, kind, network, certificate) values ('here', 'office', '127.0.0.0/24', false)");
    device = field.aDevice().assigned();
    port = field.platform.securePort();
  }

  @AfterAll
  void stop() {
    field.close();
  }

  private String ask(String host, boolean certified, String... headers) throws IOException {
    TestAuthority.Holder[] shown =
        certified ? new TestAuthority.Holder[] {device.holder()} : new TestAuthority.Holder[0];
    StringBuilder request =
        new StringBuilder("POST /api/v1/login/passkey/options HTTP/1.1\r\nHost: " + host);
    for (String header : headers) {
      request.append("\r\n").append(header);
    }
    request.append(
        "\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
    Wire.Answer answer =
        Secured.send(port, field.authority.context(shown), new byte[0], request.toString()).only();
    String text = answer.text();
    return answer.status() == 200
        ? "for " + text.replaceAll(".*\"rpId\":\"([^\"]*)\".*", "$1")
        : text.replaceAll(".*\"code\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void itsOwnNamesAreServedAndNoOthers() throws Exception {
    assertThat(ask("customs.test", false)).isEqualTo("for customs.test");
    assertThat(ask("CUSTOMS.test:8443", true)).isEqualTo("for customs.test");
    for (String foreign : new String[] {"evil.example", "customs.test.evil.example", "127.0.0.2"}) {
      assertThat(ask(foreign, true)).as(foreign).isEqualTo("not-from-here");
    }
    assertThat(field.value("select count(*) >= 3 from audit.entry where code = 'source-host'"))
        .isEqualTo("t");
  }

  @Test
  void theLoopbackGatewayOfADeviceIsServedAndThatOfNobodyIsNot() throws Exception {
    assertThat(ask("localhost:9000", true, "Origin: http://localhost:9000"))
        .isEqualTo("for localhost");
    assertThat(ask("localhost:9000", false)).isEqualTo("not-from-here");
    assertThat(ask("[::1]:9000", false)).isEqualTo("not-from-here");
  }

  @Test
  void aPageOfAnotherSchemeHostOrPortIsForeign() throws Exception {
    assertThat(ask("customs.test", false, "Origin: https://customs.test"))
        .isEqualTo("for customs.test");
    for (String foreign :
        new String[] {
          "http://customs.test", "https://customs.test:8443", "https://evil.example", "null"
        }) {
      assertThat(ask("customs.test", false, "Origin: " + foreign))
          .as(foreign)
          .isEqualTo("foreign-origin");
    }
    assertThat(ask("localhost:9000", true, "Origin: http://localhost:9001"))
        .isEqualTo("foreign-origin");
  }
}
