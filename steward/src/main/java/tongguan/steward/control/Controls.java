package tongguan.steward.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tongguan.steward.base.SysTree;

/**
 * All of a machine's controls, shut and opened together as the policy says; one thread at a time.
 */
public final class Controls {
  private final List<Control> controls;
  private Policy policy;

  public Controls(List<Control> controls, Policy policy) {
    this.controls = List.copyOf(controls);
    this.policy = policy;
  }

  /** Those of a machine. The network first: it is what matters most, and quick. */
  public static List<Control> of(NetworkControl network, SysTree tree, Set<String> keptUsbDevices) {
    java.util.ArrayList<Control> all = new java.util.ArrayList<>();
    all.add(network);
    all.addAll(UsbControl.all(tree, keptUsbDevices));
    all.add(RfkillControl.bluetooth(tree));
    all.add(RfkillControl.wlan(tree));
    all.add(DriverControl.optical(tree));
    all.add(DriverControl.cardReader(tree));
    return all;
  }

  /**
   * Also what was plugged in or changed since the last time. One that fails keeps none of the
   * others.
   */
  public synchronized Map<String, State> lock() {
    Map<String, State> states = new LinkedHashMap<>();
    for (Control control : controls) {
      states.put(control.name(), obey(control, true));
    }
    return states;
  }

  /** All but those that the policy keeps shut. */
  public synchronized Map<String, State> unlock() {
    Map<String, State> states = new LinkedHashMap<>();
    controls.forEach(control -> states.put(control.name(), obey(control, false)));
    return states;
  }

  private State obey(Control control, boolean locked) {
    return policy.shuts(control.name(), locked) ? control.lock() : control.unlock();
  }

  public synchronized Map<String, State> states() {
    Map<String, State> states = new LinkedHashMap<>();
    controls.forEach(control -> states.put(control.name(), control.state()));
    return states;
  }

  /** Holds from the next {@link #lock} or {@link #unlock} on. */
  public synchronized void policy(Policy policy) {
    this.policy = policy;
  }

  public synchronized Policy policy() {
    return policy;
  }
}
