package tongguan;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.base.database.Migrations;
import tongguan.exchange.SenderVerb;

/** The verb {@code sender}, beside a running platform: in the database that it uses. */
final class SenderAdministration {
  private SenderAdministration() {}

  static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    List<String> words = new ArrayList<>(arguments);
    Path data = Path.of("var");
    int option = words.indexOf("--data");
    if (option >= 0) {
      if (option + 1 == words.size()) {
        throw StartFailure.usage("sender: --data needs a value.");
      }
      data = Path.of(words.get(option + 1));
      words.subList(option, option + 2).clear();
    }
    DatabaseUrl url = database(data, environment);
    Migrations.requireServer(url);
    try (Database database = new Database(url, 1)) {
      return SenderVerb.run(words, database, out);
    }
  }

  private static DatabaseUrl database(Path data, Map<String, String> environment) {
    String external = environment.getOrDefault("TONGGUAN_DATABASE_URL", "");
    if (!external.isBlank()) {
      return DatabaseUrl.parse(external);
    }
    return EmbeddedPostgres.running(data.toAbsolutePath().normalize())
        .orElseThrow(() ->
            StartFailure.environment(
                "No platform runs on the data folder "
                    + data
                    + "; start it with ./tongguan run, or say --data."));
  }
}
