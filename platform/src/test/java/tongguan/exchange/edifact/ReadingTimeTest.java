package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.base.Limits;
import tongguan.exchange.message.Reading;

/** A message that takes too long to be read is given up, wherever the time went. */
class ReadingTimeTest {
  private static final Part.Message PART =
      (Part.Message) Interchanges.split(Seeds.bytes("cuscar-sea")).getFirst();

  /** A clock that moves on by so many nanoseconds whenever it is read. */
  private static Reading read(long step) {
    AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10);
    return EdifactMessages.read(
        PART.context(), PART.raw(), Seeds.ORIGIN, () -> now.getAndAdd(step));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void aMessageIsRefusedAtTheLookAtWhichTheTimeIsOver(int looks) {
    Reading reading = read(Limits.EDIFACT_READING.toNanos() / looks + 1);

    assertThat(reading).isInstanceOf(Reading.Refused.class);
    assertThat(((Reading.Refused) reading).reason().code()).isEqualTo("took-too-long");
    assertThat(((Reading.Refused) reading).reason().expected()).isEqualTo("≤ 2 s");
  }

  @Test
  void aMessageThatIsReadInTimeIsReadAsEver() {
    assertThat(read(1)).isEqualTo(Seeds.read(PART));
  }
}
