package tongguan.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tongguan.base.StartFailure;

/**
 * A sample world as message files, written by the simulator in a process of its own, and packed so
 * that a transmission holds many messages, as a hub or a nightly run sends them.
 */
final class World {
  private static final long PACK_BYTES = 3 * 1024 * 1024;

  private final Path folder;

  private World(Path folder) {
    this.folder = folder;
  }

  static World of(int containers, long seed, Path scratch)
      throws IOException, InterruptedException {
    Path simulator = Path.of(System.getProperty("tongguan.simulator", ""), "simulator.jar");
    if (!Files.exists(simulator)) {
      throw StartFailure.environment("The simulator is not built; start this by ./tongguan bench.");
    }
    Path folder = scratch.resolve("world");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                simulator.toString(),
                "tongguan.simulator.Simulator",
                "--containers",
                String.valueOf(containers),
                "--seed",
                String.valueOf(seed),
                "--out",
                folder.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw StartFailure.environment("The simulator failed.");
    }
    return new World(folder);
  }

  /** Files of some megabytes, interchanges and lines apart, in the order of the originals. */
  List<Path> packed(Path target) throws IOException {
    Files.createDirectories(target);
    List<Path> packs = new ArrayList<>();
    for (String ending : List.of(".edi", ".ndjson")) {
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
      }
      for (int from = 0; from < files.size(); ) {
        Path pack = target.resolve("%06d%s".formatted(packs.size(), ending));
        from = pack(files, from, pack);
        packs.add(pack);
      }
    }
    return packs;
  }

  private static int pack(List<Path> files, int from, Path pack) throws IOException {
    int next = from;
    long bytes = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pack))) {
      while (next < files.size() && (bytes == 0 || bytes < PACK_BYTES)) {
        bytes += Files.copy(files.get(next++), out);
        out.write('\n');
      }
    }
    return next;
  }
}
