package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;

/** Whose officers may use a device, as the rooms know that have devices. */
@FunctionalInterface
public interface DeviceRule {
  /**
   * Whether officers of the unit may use the device now. Asked within the transaction of a log-in;
   * what would change the answer then waits for its end.
   */
  boolean admits(Connection tx, String device, String unit) throws SQLException;
}
