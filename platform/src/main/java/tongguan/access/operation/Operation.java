package tongguan.access.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import tongguan.access.Officer;
import tools.jackson.databind.JsonNode;

/**
 * A change of something important. It is drafted, shown, confirmed with the password or a passkey,
 * and then made, in one transaction with its audit entry and its stored reply.
 */
public interface Operation {

  /** For the audit, as {@code account.unlock}. */
  String name();

  /** The path of its route; {@code /draft} behind it is the route of its draft. */
  String path();

  /** The permission that it needs. */
  String need();

  /** The permission that the second person needs; empty where there is none. */
  default String secondPerson() {
    return "";
  }

  /**
   * What the change would come to.
   *
   * @param parameters of the path
   * @throws tongguan.base.Problem when it cannot be made, or not by this officer
   */
  Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException;

  /** Makes it, after everything was checked; gives members of the reply. */
  Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException;
}
