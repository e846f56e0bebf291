package tongguan.exchange.edifact;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;

/**
 * The EDIFACT reader against Jazzer. An ordinary build reads the inputs kept beside it; {@code
 * JAZZER_FUZZ=1} looks for new ones.
 */
class EdifactReaderFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void noBytesThrowOrAreLost(byte[] body) {
    List<Part> parts = Interchanges.split(body);
    List<Optional<Rejection>> rejections = new ArrayList<>();
    for (Part part : parts) {
      Reading reading = Seeds.read(part);
      rejections.add(
          reading instanceof Reading.Refused refused
              ? Optional.of(refused.reason())
              : Optional.empty());
      if (part instanceof Part.Message message) {
        message.identity();
      }
    }
    Contrl.replies(parts, rejections, Instant.EPOCH);
    Coverage.assertWhole(body);
  }
}
