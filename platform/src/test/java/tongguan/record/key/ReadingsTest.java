package tongguan.record.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a typed text could be the number of. */
class ReadingsTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);

  @ParameterizedTest
  @EnumSource(names = {"PERMIT", "EXAMINATION", "BONDED_CHECK", "SEAL"})
  void aNumberWithADashIsReadWithItAndWithoutIt(RecordKind kind) {
    assertThat(keys("dp150000-1", kind)).containsExactlyInAnyOrder("DP150000-1", "DP1500001");
  }

  @Test
  void blanksThatSomebodyTypedAreNotOfTheNumber() {
    assertThat(keys("DP 150000-1", RecordKind.PERMIT)).contains("DP150000-1");
  }

  @Test
  void dashesAloneAreNoNumber() {
    assertThat(Readings.of("---", TODAY)).isEmpty();
  }

  @Test
  void aContainerNumberIsReadHoweverItIsTyped() {
    for (String typed : List.of("csqu 305438 3", "CSQU305438-3", "ｃｓｑｕ３０５４３８３")) {
      assertThat(keys(typed, RecordKind.CONTAINER)).as(typed).contains("CSQU3054383");
    }
  }

  private static List<String> keys(String typed, RecordKind kind) {
    return Readings.of(typed, TODAY).orElseThrow().keys(kind);
  }
}
