package tongguan.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tongguan.fleet.DeviceState.Act;

/** Every state with every act, beside the table that people agreed on. */
class DeviceStateTest {
  private static final Map<String, String> TABLE =
      Map.of(
          "in-stock HAND_OUT", "assigned",
          "in-stock SEND_TO_REPAIR", "in-repair",
          "in-stock REPORT_LOST", "lost",
          "in-stock RETIRE", "retired",
          "assigned TAKE_BACK", "in-stock",
          "assigned REPORT_LOST", "lost",
          "in-repair TAKE_FROM_REPAIR", "in-stock",
          "in-repair REPORT_LOST", "lost",
          "in-repair RETIRE", "retired",
          "lost FIND", "in-stock");

  @Test
  void whatMayFollowIsThisAndNothingElse() {
    Map<String, String> machine = new TreeMap<>();
    for (DeviceState state : DeviceState.values()) {
      for (Act act : Act.values()) {
        state.after(act).ifPresent(then -> machine.put(state.code() + ' ' + act, then.code()));
      }
    }

    assertThat(machine).isEqualTo(new TreeMap<>(TABLE));
  }
}
