package tongguan;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tongguan.audit.AuditFolder;
import tongguan.audit.AuditVerb;

/** The verb {@code audit}, beside a running platform: in the database that it uses. */
final class AuditAdministration {
  private AuditAdministration() {}

  static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    List<String> words = new ArrayList<>(arguments);
    Path data = RunningDatabase.data("audit", words);
    return new AuditVerb(
            AuditFolder.of(data, environment), () -> RunningDatabase.open(data, environment), out)
        .run(words);
  }
}
