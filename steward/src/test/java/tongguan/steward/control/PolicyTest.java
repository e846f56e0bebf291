package tongguan.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.steward.base.Json;

class PolicyTest {
  @Test
  void whatItDoesNotNameIsShut() throws Json.Malformed {
    Policy policy = Policy.parse("{\"interfaces\":{\"usb-printer\":\"open\",\"wlan\":\"lock\"}}");

    assertThat(policy.shuts("usb-printer")).isFalse();
    assertThat(policy.shuts("wlan")).isTrue();
    assertThat(policy.shuts("network")).isTrue();
    assertThat(Policy.parse(policy.json())).isEqualTo(policy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"interfaces\":[]}",
        "{\"interfaces\":{\"network\":\"off\"}}",
        "{\"interfaces\":{\"network\":true}}",
        "{\"interfaces\":{\"network\":\"open\",\"network\":\"lock\"}}"
      })
  void anyOtherWordIsRefused(String text) {
    assertThatThrownBy(() -> Policy.parse(text)).isInstanceOf(Json.Malformed.class);
  }
}
