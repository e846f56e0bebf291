package tongguan.steward.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tongguan.steward.base.Json;
import tongguan.steward.base.Limits;
import tongguan.steward.base.SysTree;
import tongguan.steward.base.Texts;
import tongguan.steward.base.Uptime;
import tongguan.steward.control.State;
import tongguan.steward.guard.DeviceLock;
import tongguan.steward.guard.Silence;
import tools.jackson.databind.node.ObjectNode;

/**
 * What helps an administrator from afar: states and counts, no keys, no content, no names of
 * people.
 */
public final class Diagnostics {
  private final String agent;
  private final Path state;
  private final SysTree tree;
  private final Uptime uptime;

  public Diagnostics(String agent, Path state, SysTree tree, Uptime uptime) {
    this.agent = agent;
    this.state = state;
    this.tree = tree;
    this.uptime = uptime;
  }

  /** JSON text, cut off rather than too long. */
  public String collect(DeviceLock lock, Silence silence, Integrity integrity) {
    ObjectNode all = Json.object();
    all.put("agent", agent);
    all.put("java", Runtime.version().toString());
    all.put("kernel", tree.read("proc/sys/kernel/osrelease").orElse("unknown"));
    all.put("upSeconds", uptime.millis() / 1000);
    all.put("locked", lock.isLocked());
    all.put("why", lock.why());
    all.put("policy", lock.policy().revision());
    all.put("silentSeconds", silence.length().toSeconds());
    all.put("tampered", integrity.mismatch().orElse(""));
    all.put("heapKb", Runtime.getRuntime().totalMemory() / 1024);
    all.put("threads", Thread.activeCount());
    try {
      all.put("diskFreeMb", Files.getFileStore(state).getUsableSpace() >> 20);
    } catch (IOException unknown) {
      all.put("diskFreeMb", -1);
    }
    ObjectNode controls = all.putObject("controls");
    for (Map.Entry<String, State> entry : lock.states().entrySet()) {
      State now = entry.getValue();
      controls.put(
          entry.getKey(),
          now.detail().isEmpty()
              ? now.word()
              : now.word() + ": " + Texts.oneLine(now.detail(), 120));
    }
    String text = Json.write(all);
    return text.length() <= Limits.DIAGNOSTICS_CHARACTERS
        ? text
        : text.substring(0, Limits.DIAGNOSTICS_CHARACTERS);
  }
}
