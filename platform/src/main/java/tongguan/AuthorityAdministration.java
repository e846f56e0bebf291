package tongguan;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tongguan.fleet.authority.AuthorityVerb;
import tongguan.fleet.authority.FleetFolder;

/** The verb {@code authority}, in the folder of keys that the nodes share. */
final class AuthorityAdministration {
  private AuthorityAdministration() {}

  static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    List<String> words = new ArrayList<>(arguments);
    Path data = RunningDatabase.data("authority", words);
    return new AuthorityVerb(FleetFolder.of(data, environment), Clock.systemUTC(), out).run(words);
  }
}
