package tongguan.steward.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tongguan.steward.base.DurableFile;

/**
 * A process that wipes and loses its power at the n-th step: it halts there, without a hook or a
 * finally. {@code WipingProcess FOLDER N}; ends with 0 if it came to the end before.
 */
public final class WipingProcess {
  static final int POWER_CUT = 99;

  private WipingProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path state = Path.of(arguments[0]);
    int[] left = {Integer.parseInt(arguments[1])};
    Wipe wipe =
        wipe(
            state,
            step -> {
              System.out.println(step);
              System.out.flush();
              if (left[0]-- == 0) {
                Runtime.getRuntime().halt(POWER_CUT);
              }
            });
    run(state, wipe);
  }

  static Wipe wipe(Path state, Wipe.Points points) {
    return new Wipe(
        state,
        new Vault(state),
        List.of(state.resolve("browser")),
        List.of(
            file(state, "device.json"), file(state, "commands.json"), file(state, "policy.json")),
        points);
  }

  private static DurableFile file(Path state, String name) {
    return new DurableFile(state.resolve(name));
  }

  /** What the agent does at its start, with a platform that takes the report at once. */
  static void run(Path state, Wipe wipe) throws IOException {
    if (!wipe.isBegun()) {
      wipe.begin(7);
    }
    wipe.resume();
    if (wipe.toReport().isPresent()) {
      String device = file(state, "device.json").readText().orElseThrow();
      file(state, "delivered").write(wipe.toReport().getAsLong() + " by " + device);
      wipe.reported();
    }
  }

  static void plant(Path state) throws IOException {
    Vault vault = new Vault(state);
    for (int i = 0; i < 8; i++) {
      vault.put("thing-" + i, ("secret " + i).getBytes(StandardCharsets.UTF_8));
    }
    file(state.resolve("browser/profile"), "Cookies").write("session");
    file(state.resolve("browser/profile"), "History").write("pages");
    file(state, "device.json").write("the device's key");
    file(state, "commands.json").write("{}");
    file(state, "policy.json").write("{}");
  }
}
