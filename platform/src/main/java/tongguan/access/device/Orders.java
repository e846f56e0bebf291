package tongguan.access.device;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where orders to devices are signed, numbered and kept until they are answered. */
@FunctionalInterface
public interface Orders {
  /**
   * @param endsAt until when it may be carried out; null for ever
   * @param by who ordered it, for the device's page
   */
  void queue(
      Connection tx, UUID device, String kind, String body, @Nullable Instant endsAt, String by)
      throws SQLException;
}
