package tongguan.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static Ids at(String instant) {
    return new Ids(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
  }

  @Test
  void anIdIsAVersion7UuidThatCarriesItsMillisecond() {
    UUID id = at("2026-11-20T08:30:00.123Z").next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
        .isEqualTo("2026-11-20T08:30:00.123Z");
  }

  @Test
  void laterIdsSortBehindEarlierOnesAsTextToo() {
    assertThat(at("2026-11-20T08:30:00.124Z").next().toString())
        .isGreaterThan(at("2026-11-20T08:30:00.123Z").next().toString());
  }

  @Test
  void idsOfOneMillisecondDiffer() {
    Ids ids = at("2026-11-20T08:30:00Z");

    assertThat(new HashSet<>(Stream.generate(ids::next).limit(100_000).toList())).hasSize(100_000);
  }
}
