package tongguan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The drill in small: whoever is killed, each command has one effect. */
class CommandDrillTest {
  @Test
  void eachAcknowledgedCommandHasOneEffectWhoeverIsKilled() throws Exception {
    long seed = new Random().nextInt(1_000_000);

    assertThat(CommandDrill.run(60, 3, seed, System.out)).as("seed %d", seed).isTrue();
  }
}
