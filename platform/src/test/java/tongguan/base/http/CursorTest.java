package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.base.Problem;

class CursorTest {

  @Test
  void leadsBackToWhereItWasMade() {
    List<String> place = List.of("2026-11-20 08:30:00+08", "AA  9912345678", "貨");

    assertThat(Cursor.parse(Cursor.of(place), 3)).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!", "bm90IGpzb24", "WzEsMl0", "e30", "WyJhIl0", "W1siYSJdLCJiIl0"})
  void anythingElseIsAProblemThatNamesTheParameter(String text) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> Cursor.parse(text, 2))
        .satisfies(problem -> assertThat(problem.members()).containsEntry("parameter", "after"));
  }
}
