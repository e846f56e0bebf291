package tongguan.steward.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.steward.wire.PlatformAddress;

class QrTextTest {
  private static final String PIN = "0123456789abcdef".repeat(4);

  @Test
  void placeCodeAndPin() {
    assertThat(QrText.parse("tongguan-enrol:1:https://p.example:8443:ABCD-EFGH-JKMN-PQRS:" + PIN))
        .contains(new QrText(new PlatformAddress("p.example", 8443), "ABCD-EFGH-JKMN-PQRS", PIN));
    assertThat(QrText.parse(" tongguan-enrol:1:https://[fd00::1]/:ABCDEFGHJKMNPQRS:" + PIN + "\n"))
        .contains(new QrText(new PlatformAddress("fd00::1", 443), "ABCDEFGHJKMNPQRS", PIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://p.example",
        "tongguan-enrol:2:https://p.example:ABCD-EFGH-JKMN-PQRS:" + "ab",
        "tongguan-enrol:1:http://p.example:ABCD-EFGH-JKMN-PQRS:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "tongguan-enrol:1:https://u@p.example:ABCD-EFGH-JKMN-PQRS:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "tongguan-enrol:1:https://p.example/x?y:ABCD-EFGH-JKMN-PQRS:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "tongguan-enrol:1:https://p.example:ABCD-EFGH:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "tongguan-enrol:1:https://p.example:ABCD-EFGH-JKMN-PQRS:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void nothingElse(String text) {
    assertThat(QrText.parse(text)).isEmpty();
  }
}
