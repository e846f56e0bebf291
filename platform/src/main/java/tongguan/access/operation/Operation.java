package tongguan.access.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.base.Limits;
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

  /** The largest body that carries its input. */
  default long bodyBytes() {
    return Limits.BODY_BYTES;
  }

  /**
   * Whether this officer may know of it and decide it as the second person, as far as that is a
   * matter of what it is done to.
   */
  default boolean isWithinReach(Connection tx, Officer decider, Map<String, String> parameters)
      throws SQLException {
    return true;
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

  /**
   * A member of a reply that is shown once and kept nowhere, such as a secret: when the same
   * request comes again, its reply is there without it.
   */
  record Once(Object value) {
    @Override
    public String toString() {
      return "Once";
    }
  }

  /** What another person asked for. */
  record Asked(UUID request, UUID account) {}

  /** Makes what one person asked for and this other one agreed to. */
  default Map<String, Object> applyFor(
      Connection tx, Officer decider, Asked asked, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    return apply(tx, decider, parameters, input);
  }

  /** The path where whoever asked gets what was agreed to; empty where there is nothing to get. */
  default Optional<String> result(UUID request, JsonNode input) {
    return Optional.empty();
  }
}
