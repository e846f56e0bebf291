package tongguan.steward.control;

/**
 * One kind of interface that can be shut. All three may be called again and again, in any state;
 * none throws, and none is called by two threads at a time.
 */
public interface Control {
  /** As policies and heartbeats name it. */
  String name();

  /** Shuts it, also what was plugged in since; returns what is true afterwards. */
  State lock();

  /** Opens it; called again, it prolongs what ends by itself. */
  State unlock();

  /** Looks at the machine, not at what was done to it last. */
  State state();
}
