package tongguan.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tongguan.base.StartFailure;

/** A program from Debian that measures. */
final class Tool {
  private Tool() {}

  /** Runs it to its end and gives what it printed. */
  static String run(
      List<String> command, Map<String, String> environment, Path folder, String debianPackage)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException missing) {
      throw StartFailure.environment(
          "The bench needs %s; install Debian's package %s."
              .formatted(command.getFirst(), debianPackage));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw StartFailure.environment(command.getFirst() + " failed: " + output.strip());
    }
    return output;
  }
}
