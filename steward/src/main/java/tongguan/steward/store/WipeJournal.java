package tongguan.steward.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.Json;
import tools.jackson.databind.node.ObjectNode;

/** How far a wipe has come, on disk before each phase begins. */
final class WipeJournal {
  /** In their order; a phase that is written down is taken up again after a power cut. */
  enum Phase {
    DESTROY,
    REPORT,
    FORGET,
    OVER
  }

  /** {@code number} of the command, or 0 where the rule of days wiped. */
  record Entry(Phase phase, long number) {}

  private final DurableFile file;

  WipeJournal(Path state) {
    file = new DurableFile(state.resolve("wipe.json"));
  }

  /**
   * A journal that cannot be read counts as one that has just begun: destroying twice does no harm.
   */
  Optional<Entry> read() throws IOException {
    Optional<String> text = file.readText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var journal = Json.read(text.get());
      return Optional.of(
          new Entry(Phase.valueOf(Json.text(journal, "phase")), Json.number(journal, "number")));
    } catch (Json.Malformed | IllegalArgumentException damaged) {
      return Optional.of(new Entry(Phase.DESTROY, 0));
    }
  }

  void write(Phase phase, long number) throws IOException {
    ObjectNode journal = Json.object();
    journal.put("phase", phase.name());
    journal.put("number", number);
    file.write(Json.write(journal));
  }

  void delete() throws IOException {
    file.delete();
  }
}
