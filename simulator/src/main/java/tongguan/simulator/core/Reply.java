package tongguan.simulator.core;

import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What a system answers before anything goes wrong with it. */
record Reply(int status, ObjectNode body) {
  static Reply of(int status, ObjectNode body) {
    return new Reply(status, body);
  }

  static Reply refused(int status, String code, String text) {
    return new Reply(status, Json.object().put("code", code).put("text", text));
  }

  /** The state of an order, also of one that never came. */
  static Reply order(UUID key, Optional<Books.Entry> entry) {
    if (entry.isEmpty()) {
      return of(404, Json.object().put("key", key.toString()).put("state", "never-seen"));
    }
    return of(200, entry.get().json());
  }

  /** The same about something else. */
  Reply mixedUp(Faults.Kind how) {
    ObjectNode other = body.deepCopy();
    if (how == Faults.Kind.OTHER_RECORD && other.has("key")) {
      other.put("key", UUID.randomUUID().toString());
    } else if (other.has("declaration")) {
      other.put("declaration", "ZZ  9900009999");
      if (other.path("record") instanceof ObjectNode known) {
        known.put("declaration", "ZZ  9900009999");
      }
    }
    return new Reply(status, other);
  }
}
