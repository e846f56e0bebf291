package tongguan.access.radius.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The codec against Jazzer. An ordinary build reads the inputs kept beside it; {@code
 * JAZZER_FUZZ=1} looks for new ones.
 */
class PacketFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void noBytesThrow(byte[] bytes) {
    Mutants.readAll(bytes);
  }
}
