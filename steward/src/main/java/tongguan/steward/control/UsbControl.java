package tongguan.steward.control;

import java.util.List;
import java.util.Set;
import tongguan.steward.base.SysTree;

/** One kind of USB device: storage, printers, or all others that are not kept. */
public final class UsbControl implements Control {
  private final String name;
  private final UsbBus bus;
  private final UsbBus.Kind kind;

  private UsbControl(String name, UsbBus bus, UsbBus.Kind kind) {
    this.name = name;
    this.bus = bus;
    this.kind = kind;
  }

  /** The three of them, which share one bus. */
  public static List<Control> all(SysTree tree, Set<String> keptDevices) {
    UsbBus bus = new UsbBus(tree, keptDevices);
    return List.of(
        new UsbControl("usb-storage", bus, UsbBus.Kind.STORAGE),
        new UsbControl("usb-printer", bus, UsbBus.Kind.PRINTER),
        new UsbControl("usb-other", bus, UsbBus.Kind.OTHER));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public State lock() {
    return bus.set(kind, true);
  }

  @Override
  public State unlock() {
    return bus.set(kind, false);
  }

  @Override
  public State state() {
    return bus.state(kind);
  }
}
