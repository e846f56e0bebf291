package tongguan.clearance;

import java.util.Arrays;
import java.util.Locale;

/** How far a command has come. */
public enum CommandState {
  /** Confirmed, and not at the core system. */
  WAITING,
  /** On its way; where whoever sent it died, nobody knows whether it arrived. */
  SENDING,
  /** The core system has it and has not carried it out. */
  SENT,
  /** It may have arrived; the core system is asked before it is sent again. */
  UNKNOWN,
  DONE,
  /**
   * By the core system, for its own reason; or here, before it was sent, because the declaration
   * had moved on.
   */
  REFUSED,
  /** Tried too often; a person decides. */
  PARKED,
  /** By that person, with a reason. */
  GIVEN_UP;

  /** Not at its end: the core system, or a person, has yet to say something. */
  boolean isOpen() {
    return compareTo(UNKNOWN) <= 0 || this == PARKED;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static CommandState of(String code) {
    return Arrays.stream(values())
        .filter(state -> state.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(code));
  }
}
