package tongguan.steward.peer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import tongguan.steward.base.Uptime;

/** An uptime that passes when the test says so, over boots. */
public final class ManualUptime implements Uptime {
  private final AtomicLong millis = new AtomicLong(60_000);
  private volatile String boot = "boot-1";

  @Override
  public long millis() {
    return millis.get();
  }

  @Override
  public String boot() {
    return boot;
  }

  public void pass(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  /** Off and on again. */
  public void reboot(String name) {
    boot = name;
    millis.set(20_000);
  }
}
