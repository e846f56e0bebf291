package tongguan.steward.control;

/** What is true of an interface now. */
public sealed interface State {
  record Locked() implements State {}

  record Unlocked() implements State {}

  /** The machine has no such thing, and says so itself. */
  record Absent(String reason) implements State {}

  /** It is there, and it could not be done or found out. */
  record Failed(String reason) implements State {}

  /** As heartbeats write it. */
  default String word() {
    return switch (this) {
      case Locked() -> "locked";
      case Unlocked() -> "unlocked";
      case Absent absent -> "absent";
      case Failed failed -> "failed";
    };
  }

  default String detail() {
    return switch (this) {
      case Locked(), Unlocked() -> "";
      case Absent(String reason) -> reason;
      case Failed(String reason) -> reason;
    };
  }
}
