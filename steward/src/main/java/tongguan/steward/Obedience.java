package tongguan.steward;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.Texts;
import tongguan.steward.command.Effects;
import tongguan.steward.control.Policy;
import tongguan.steward.desk.DesktopNote;
import tongguan.steward.desk.Logind;
import tongguan.steward.guard.DeviceLock;
import tongguan.steward.guard.Silence;
import tongguan.steward.report.Diagnostics;
import tongguan.steward.report.Integrity;
import tongguan.steward.store.Vault;
import tongguan.steward.store.Wipe;

/** What the platform's commands do here. */
final class Obedience implements Effects {
  private static final Logger LOG = System.getLogger("steward");

  private final DeviceLock lock;
  private final Wipe wipe;
  private final Vault vault;
  private final Logind logind;
  private final DesktopNote note;
  private final Diagnostics diagnostics;
  private final Silence silence;
  private final Integrity integrity;
  private final DurableFile policyFile;
  private final Clock clock;

  Obedience(
      DeviceLock lock,
      Wipe wipe,
      Vault vault,
      Logind logind,
      DesktopNote note,
      Diagnostics diagnostics,
      Silence silence,
      Integrity integrity,
      DurableFile policyFile,
      Clock clock) {
    this.lock = lock;
    this.wipe = wipe;
    this.vault = vault;
    this.logind = logind;
    this.note = note;
    this.diagnostics = diagnostics;
    this.silence = silence;
    this.integrity = integrity;
    this.policyFile = policyFile;
    this.clock = clock;
  }

  @Override
  public DeviceLock.Unlocking unlock(String session, String officer, Duration life) {
    return lock.unlock(session, officer, life);
  }

  @Override
  public void lock(String why) {
    lock.lock(why);
  }

  /** Kept in the encrypted store, whether or not a desktop shows it. */
  @Override
  public String message(String text) throws IOException {
    vault.put("message-" + clock.millis(), text.getBytes(StandardCharsets.UTF_8));
    int desktops = note.show(text, logind.sessions());
    LOG.log(Level.INFO, "message: {0}", Texts.oneLine(text, 200));
    return desktops > 0 ? "shown on " + desktops + " desktop(s)" : "kept; no desktop to show it";
  }

  @Override
  public String diagnostics() {
    return diagnostics.collect(lock, silence, integrity);
  }

  @Override
  public void policy(Policy policy) throws IOException {
    policyFile.write(policy.json());
    silence.rule(policy.lockHours(), policy.wipeDays());
    lock.policy(policy);
  }

  @Override
  public void wipe(long number) throws IOException {
    if (wipe.isBegun()) {
      wipe.alsoCommanded(number);
    } else {
      wipe.begin(number);
    }
    lock.lock("wipe");
    wipe.resume();
  }

  @Override
  public boolean isWiping() {
    return wipe.isBegun();
  }
}
