package tongguan.steward.command;

import java.io.IOException;
import java.time.Duration;
import tongguan.steward.control.Policy;
import tongguan.steward.guard.DeviceLock;

/** What commands bring about on the device. */
public interface Effects {
  DeviceLock.Unlocking unlock(String session, String officer, Duration life);

  void lock(String why);

  /** Says how it was shown. */
  String message(String text) throws IOException;

  String diagnostics();

  void policy(Policy policy) throws IOException;

  /**
   * From its return on, the wipe is done or will be done; its answer is not of this room's making.
   */
  void wipe(long number) throws IOException;

  /** A wipe was begun here, whether or not it is done. */
  boolean isWiping();
}
