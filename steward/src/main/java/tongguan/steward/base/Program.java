package tongguan.steward.base;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program of the system, run for a bounded time, with its words. */
public final class Program {
  private Program() {}

  public record Result(int exit, String out) {
    public boolean succeeded() {
      return exit == 0;
    }
  }

  /** Throws if it cannot be started or does not end in time. Its errors are part of its output. */
  public static Result run(List<String> command, String input) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> outputOf(process));
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedBeforeItRead) {
      // its exit code says why
    }
    try {
      if (!process.waitFor(Limits.PROGRAM.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(command.getFirst() + " did not end in time");
      }
      return new Result(process.exitValue(), out.join());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.getFirst(), interrupted);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String outputOf(Process process) {
    try {
      return new String(process.getInputStream().readNBytes(1 << 20), StandardCharsets.UTF_8);
    } catch (IOException closed) {
      return "";
    }
  }
}
