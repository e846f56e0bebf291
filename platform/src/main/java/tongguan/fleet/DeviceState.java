package tongguan.fleet;

import java.util.Optional;

/**
 * Where a device stands, and what may follow by which act. Only an assigned device is let in;
 * nothing follows on a retired one, and a lost one comes back by being found alone.
 */
public enum DeviceState {
  IN_STOCK("in-stock"),
  ASSIGNED("assigned"),
  IN_REPAIR("in-repair"),
  LOST("lost"),
  RETIRED("retired");

  /** What is done to a device. */
  public enum Act {
    HAND_OUT,
    TAKE_BACK,
    SEND_TO_REPAIR,
    TAKE_FROM_REPAIR,
    REPORT_LOST,
    FIND,
    RETIRE
  }

  private final String code;

  DeviceState(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The state after this act; empty where it cannot be done. */
  public Optional<DeviceState> after(Act act) {
    return Optional.ofNullable(
        switch (this) {
          case IN_STOCK ->
              switch (act) {
                case HAND_OUT -> ASSIGNED;
                case SEND_TO_REPAIR -> IN_REPAIR;
                case REPORT_LOST -> LOST;
                case RETIRE -> RETIRED;
                case TAKE_BACK, TAKE_FROM_REPAIR, FIND -> null;
              };
          case ASSIGNED ->
              switch (act) {
                case TAKE_BACK -> IN_STOCK;
                case REPORT_LOST -> LOST;
                case HAND_OUT, SEND_TO_REPAIR, TAKE_FROM_REPAIR, FIND, RETIRE -> null;
              };
          case IN_REPAIR ->
              switch (act) {
                case TAKE_FROM_REPAIR -> IN_STOCK;
                case REPORT_LOST -> LOST;
                case RETIRE -> RETIRED;
                case HAND_OUT, TAKE_BACK, SEND_TO_REPAIR, FIND -> null;
              };
          case LOST ->
              switch (act) {
                case FIND -> IN_STOCK;
                case HAND_OUT, TAKE_BACK, SEND_TO_REPAIR, TAKE_FROM_REPAIR, REPORT_LOST, RETIRE ->
                    null;
              };
          case RETIRED -> null;
        });
  }

  public static Optional<DeviceState> of(String code) {
    for (DeviceState state : values()) {
      if (state.code.equals(code)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
