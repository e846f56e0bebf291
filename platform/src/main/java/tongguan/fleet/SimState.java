package tongguan.fleet;

import java.util.Optional;
import java.util.Set;

/** Where a SIM stands: only an active one is let in, and only in the device it is paired with. */
public enum SimState {
  IN_STOCK("in-stock"),
  ACTIVE("active"),
  BLOCKED("blocked"),
  RETIRED("retired");

  private final String code;

  SimState(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** What an administrator may make of it; nothing of a retired one. */
  public Set<SimState> next() {
    return switch (this) {
      case IN_STOCK -> Set.of(ACTIVE, BLOCKED, RETIRED);
      case ACTIVE -> Set.of(IN_STOCK, BLOCKED, RETIRED);
      case BLOCKED -> Set.of(ACTIVE, IN_STOCK, RETIRED);
      case RETIRED -> Set.of();
    };
  }

  public static Optional<SimState> of(String code) {
    for (SimState state : values()) {
      if (state.code.equals(code)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
