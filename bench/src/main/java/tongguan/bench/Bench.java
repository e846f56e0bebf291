package tongguan.bench;

import java.util.Arrays;
import java.util.List;
import tongguan.base.StartFailure;

/** Reads the name of the bench. */
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) throws Exception {
    try {
      run(Arrays.asList(arguments));
    } catch (StartFailure failure) {
      System.err.println(failure.getMessage());
      System.exit(failure.exitCode());
    }
  }

  private static void run(List<String> arguments) throws Exception {
    if (arguments.isEmpty()) {
      throw StartFailure.usage(
          "bench: which one? dossier, ingest, audit, radius, streams, commands or batch (see bench --help).");
    }
    List<String> options = arguments.subList(1, arguments.size());
    switch (arguments.getFirst()) {
      case "dossier" -> DossierBench.run(options, System.out);
      case "audit" -> AuditBench.run(options, System.out);
      case "streams" -> StreamBench.run(options, System.out);
      case "ingest" -> IngestBench.run(options, System.out);
      case "commands" -> CommandBench.run(options, System.out);
      case "batch" -> BatchBench.run(options, System.out);
      case "radius" -> RadiusBench.run(options, System.out);
      default ->
          throw StartFailure.usage(
              "bench: there is no bench \"" + arguments.getFirst() + "\" (see bench --help).");
    }
  }
}
