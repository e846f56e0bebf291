package tongguan;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tongguan.access.radius.GatewayVerb;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.exchange.SenderVerb;
import tongguan.identity.AccountVerb;
import tongguan.identity.Identity;

/**
 * The verbs {@code sender}, {@code account} and {@code gateway}, beside a running platform: in the
 * database that it uses. Whoever may read its data folder, or has its address, administers it.
 */
final class Administration {
  private Administration() {}

  static int run(
      String verb, List<String> arguments, Map<String, String> environment, PrintStream out) {
    List<String> words = new ArrayList<>(arguments);
    Path data = RunningDatabase.data(verb, words);
    try (Database database = RunningDatabase.open(data, environment)) {
      return switch (verb) {
        case "sender" -> SenderVerb.run(words, database, out);
        case "gateway" -> gateway(words, data, database, out);
        default -> account(words, database, out);
      };
    }
  }

  private static int gateway(List<String> words, Path data, Database database, PrintStream out) {
    Clock clock = Clock.systemUTC();
    try (Audit audit = new Audit(database, new Ids(clock), clock)) {
      return GatewayVerb.run(words, data.toAbsolutePath().normalize(), database, audit, out);
    }
  }

  private static int account(List<String> words, Database database, PrintStream out) {
    Clock clock = Clock.systemUTC();
    Ids ids = new Ids(clock);
    try (Audit audit = new Audit(database, ids, clock)) {
      return AccountVerb.run(
          words, database, new Identity(database, audit, ids, clock), audit, out);
    }
  }
}
