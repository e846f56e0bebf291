package tongguan.steward.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code /proc/uptime}, which the kernel takes from CLOCK_BOOTTIME (proc_uptime(5)). The JVM's own
 * monotonic clock stands still while a notebook sleeps, and a lid closed for a night would prolong
 * what ought to end.
 */
public final class KernelUptime implements Uptime {
  private static final Path UPTIME = Path.of("/proc/uptime");

  private final String boot;

  public KernelUptime() {
    try {
      boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long millis() {
    try {
      String text = Files.readString(UPTIME);
      return new BigDecimal(text.substring(0, text.indexOf(' '))).movePointRight(3).longValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String boot() {
    return boot;
  }
}
