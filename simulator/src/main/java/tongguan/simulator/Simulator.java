package tongguan.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tongguan.simulator.core.CoreProcess;
import tongguan.simulator.wire.Journal;

/** The command line: writes a world of messages into a folder, or plays one core system. */
public final class Simulator {
  private Simulator() {}

  public static void main(String[] arguments) {
    System.exit(run(Arrays.asList(arguments), System.out, System.err));
  }

  /** The exit code: 0 done, 1 the folder could not be written, 2 asked in a wrong way. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    if (arguments.contains("--help")) {
      out.print(Options.USAGE);
      out.println();
      out.print(CoreProcess.USAGE);
      return 0;
    }
    if (!arguments.isEmpty() && arguments.getFirst().equals("core")) {
      return core(arguments.subList(1, arguments.size()), out, err);
    }
    try {
      write(Options.parse(arguments), err);
      return 0;
    } catch (IllegalArgumentException wrong) {
      err.println("simulator: " + wrong.getMessage());
      err.print(Options.USAGE);
      return 2;
    } catch (IOException e) {
      err.println("simulator: the folder cannot be written: " + e);
      return 1;
    }
  }

  private static int core(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      CoreProcess.run(arguments, out);
      return 0;
    } catch (IllegalArgumentException wrong) {
      err.println("simulator: " + wrong.getMessage());
      err.print(CoreProcess.USAGE);
      return 2;
    } catch (IOException | GeneralSecurityException e) {
      err.println("simulator: it cannot serve: " + e);
      return 1;
    }
  }

  private static void write(Options options, PrintStream err) throws IOException {
    Files.createDirectories(options.out());
    if (!isEmpty(options.out())) {
      throw new IllegalArgumentException(
          "--out " + options.out() + " is not empty; name a new or an empty folder.");
    }
    Journal journal = new Journal(options.out(), options.declarations(), options.until());
    new World(journal, options.seed(), options.until(), new Progress(err))
        .live(options.containers());
    journal.close(options.seed(), options.containers());
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
