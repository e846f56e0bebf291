package tongguan;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tongguan.base.database.Database;
import tongguan.exchange.SenderVerb;

/** The verb {@code sender}, beside a running platform: in the database that it uses. */
final class SenderAdministration {
  private SenderAdministration() {}

  static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    List<String> words = new ArrayList<>(arguments);
    Path data = RunningDatabase.data("sender", words);
    try (Database database = RunningDatabase.open(data, environment)) {
      return SenderVerb.run(words, database, out);
    }
  }
}
