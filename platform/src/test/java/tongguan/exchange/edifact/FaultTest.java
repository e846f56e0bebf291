package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tongguan.exchange.message.Rejection;
import tongguan.exchange.message.RejectionText;

class FaultTest {

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyFaultHasASentenceOfItsOwnInBothLanguages(Fault fault) {
    Rejection nothing = Rejection.at("", "no-such-code", "VALUE", "EXPECTED");
    Rejection reason = Rejection.at("", fault.code(), "VALUE", "EXPECTED");

    for (boolean chinese : new boolean[] {true, false}) {
      String text = RejectionText.of(reason, chinese);
      assertThat(text).isNotEqualTo(RejectionText.of(nothing, chinese)).doesNotContain("{");
    }
  }
}
