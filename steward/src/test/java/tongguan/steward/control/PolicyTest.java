package tongguan.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.steward.base.Json;

class PolicyTest {
  @Test
  void whatItDoesNotNameIsShut() throws Json.Malformed {
    Policy policy =
        Policy.parse(
            "{\"interfaces\":{\"usb-printer\":\"open\",\"wlan\":\"lock\",\"usb-storage\":\"shut\"}}");

    assertThat(policy.shuts("usb-printer", true)).isFalse();
    assertThat(policy.shuts("wlan", true)).isTrue();
    assertThat(policy.shuts("wlan", false)).isFalse();
    assertThat(policy.shuts("network", true)).isTrue();
    assertThat(policy.shuts("network", false)).isFalse();
    assertThat(policy.shuts("usb-storage", false)).isTrue();
    assertThat(Policy.parse(policy.json())).isEqualTo(policy);
  }

  @Test
  void theRestIsReadAndKept() throws Json.Malformed {
    Policy policy =
        Policy.parse(
            "{\"revision\":7,\"interfaces\":{},\"lockHours\":12,\"wipeDays\":9,\"idleSeconds\":300,\"position\":true}");

    assertThat(policy).isEqualTo(new Policy(7, Map.of(), 12, 9, 300, Optional.of(true)));
    assertThat(Policy.parse(policy.json())).isEqualTo(policy);
    assertThat(Policy.parse("{\"interfaces\":{}}").position()).isEmpty();
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
        "{\"interfaces\":{},\"revision\":-1}",
        "{\"interfaces\":{},\"idleSeconds\":\"soon\"}",
        "{\"interfaces\":{},\"position\":1}",
        "{\"interfaces\":{\"network\":\"open\",\"network\":\"lock\"}}"
      })
  void anyOtherWordIsRefused(String text) {
    assertThatThrownBy(() -> Policy.parse(text)).isInstanceOf(Json.Malformed.class);
  }
}
