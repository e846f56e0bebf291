package tongguan.base.database;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much of the machine's memory the embedded database takes, in megabytes. */
final class MemoryShare {
  private static final int SMALLEST = 128;
  private static final int LARGEST = 6144;

  private MemoryShare() {}

  /**
   * A quarter of the memory: enough to hold the indexes of some million containers on a common
   * machine.
   */
  static long sharedBuffersMegabytes() {
    return Math.clamp(megabytes() / 4, SMALLEST, LARGEST);
  }

  static long cacheMegabytes() {
    return Math.max(SMALLEST, megabytes() / 2);
  }

  private static long megabytes() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() / (1024 * 1024);
  }
}
