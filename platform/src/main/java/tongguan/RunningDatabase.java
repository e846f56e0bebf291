package tongguan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;
import tongguan.base.database.Migrations;

/** The database of a platform that runs, for verbs beside it. */
final class RunningDatabase {
  private RunningDatabase() {}

  /** Takes {@code --data DIR} out of the words; {@code var} where it is not there. */
  static Path data(String verb, List<String> words) {
    int option = words.indexOf("--data");
    if (option < 0) {
      return Path.of("var");
    }
    if (option + 1 == words.size()) {
      throw StartFailure.usage(verb + ": --data needs a value.");
    }
    Path data = Path.of(words.get(option + 1));
    words.subList(option, option + 2).clear();
    return data;
  }

  static Database open(Path data, Map<String, String> environment) {
    DatabaseUrl url = url(data, environment);
    Migrations.requireServer(url);
    return new Database(url, 1);
  }

  private static DatabaseUrl url(Path data, Map<String, String> environment) {
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
