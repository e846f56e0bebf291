package tongguan.access.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import tongguan.access.Officer;
import tools.jackson.databind.JsonNode;

/**
 * An operation that an officer may also ask for without a network: it is kept on the device and
 * comes later, with others, in a bundle. One person confirms it; there is no second one.
 */
public interface Deferrable extends Operation {

  /**
   * On what the operation rests.
   *
   * @param version of the record: where it is another one than the officer saw, what was asked for
   *     is a conflict and not done
   * @param now what the officer is to see beside what was assumed
   * @param taken whether somebody is about to change the record, so that it cannot be done now
   */
  record Basis(String version, Map<String, Object> now, boolean taken) {}

  /**
   * How the record stands, locked until the end of the transaction.
   *
   * @throws tongguan.base.Problem when there is no such record for this officer
   */
  Basis basis(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException;
}
