package tongguan.steward.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.steward.base.SysTree;

/**
 * USB interfaces, each let in or kept out by its class (Documentation/usb/authorization.rst). While
 * anything is shut, hosts leave new interfaces without a driver; the next look gives those back
 * that stay open, keyboards above all. So a stick that is put in is never mounted in between.
 */
final class UsbBus {
  private static final String DEVICES = "sys/bus/usb/devices";

  /** What can be shut separately. */
  enum Kind {
    STORAGE,
    PRINTER,
    OTHER,
    /**
     * Keyboards, hubs, modems and network cards (nftables minds those), radios (rfkill minds
     * those).
     */
    KEPT
  }

  private final SysTree tree;
  private final Set<String> keptDevices;
  private final Set<Kind> shut = EnumSet.of(Kind.STORAGE, Kind.PRINTER, Kind.OTHER);

  /**
   * {@code keptDevices}: {@code vendor:product} in small hex, such as a modem with a class of its
   * own.
   */
  UsbBus(SysTree tree, Set<String> keptDevices) {
    this.tree = tree;
    this.keptDevices = keptDevices;
  }

  State set(Kind kind, boolean locked) {
    if (locked) {
      shut.add(kind);
    } else {
      shut.remove(kind);
    }
    try {
      setHosts();
      for (Path one : interfaces()) {
        Kind its = kindOf(one);
        if (its == kind || its == Kind.KEPT) {
          setInterface(one, shut.contains(its));
        }
      }
    } catch (IOException e) {
      return new State.Failed(String.valueOf(e.getMessage()));
    }
    return state(kind);
  }

  State state(Kind kind) {
    List<Path> hosts = hosts();
    if (hosts.isEmpty()) {
      return new State.Absent("the machine has no USB host");
    }
    boolean guarded = hosts.stream().allMatch(this::leavesNewOnesOut);
    boolean anyOpen =
        interfaces().stream().anyMatch(one -> kindOf(one) == kind && !isZero(one, "authorized"));
    return guarded && !anyOpen ? new State.Locked() : new State.Unlocked();
  }

  /** Kernels before 4.4 know whole devices only; there a new one stays out altogether. */
  private void setHosts() throws IOException {
    String wanted = shut.isEmpty() ? "1" : "0";
    for (Path host : hosts()) {
      Path file = hostSwitch(host);
      if (!tree.read(file).equals(Optional.of(wanted))) {
        tree.write(file, wanted);
      }
    }
  }

  private Path hostSwitch(Path host) {
    Path modern = host.resolve("interface_authorized_default");
    return tree.read(modern).isPresent() ? modern : host.resolve("authorized_default");
  }

  private boolean leavesNewOnesOut(Path host) {
    return tree.read(hostSwitch(host)).filter("0"::equals).isPresent();
  }

  /** What was let in has no driver until somebody asks for one. */
  private void setInterface(Path one, boolean out) throws IOException {
    Path file = one.resolve("authorized");
    String wanted = out ? "0" : "1";
    if (tree.read(file).filter(now -> !now.equals(wanted)).isEmpty()) {
      return;
    }
    tree.write(file, wanted);
    Path probe = tree.at("sys/bus/usb/drivers_probe");
    if (!out && Files.exists(probe)) {
      tree.write(probe, one.getFileName().toString());
    }
  }

  /** By the interface's class; where that is vague, by the device's (USB-IF class codes). */
  Kind kindOf(Path one) {
    Path device = tree.at(DEVICES).resolve(one.getFileName().toString().replaceFirst(":.*", ""));
    String id =
        tree.read(device.resolve("idVendor")).orElse("")
            + ":"
            + tree.read(device.resolve("idProduct")).orElse("");
    if (keptDevices.contains(id)) {
      return Kind.KEPT;
    }
    String code = tree.read(one.resolve("bInterfaceClass")).orElse("00");
    if (code.equals("00")) {
      code = tree.read(device.resolve("bDeviceClass")).orElse("00");
    }
    return switch (code) {
      case "08" -> Kind.STORAGE;
      case "07" -> Kind.PRINTER;
      case "03", "09", "02", "0a", "e0" -> Kind.KEPT;
      default -> Kind.OTHER;
    };
  }

  private List<Path> hosts() {
    return tree.children(DEVICES).stream()
        .filter(path -> path.getFileName().toString().matches("usb\\d+"))
        .toList();
  }

  /** Named {@code 1-2:1.0}: bus, port, configuration, interface. */
  private List<Path> interfaces() {
    return tree.children(DEVICES).stream()
        .filter(path -> path.getFileName().toString().contains(":"))
        .toList();
  }

  private boolean isZero(Path folder, String file) {
    return tree.read(folder.resolve(file)).filter("0"::equals).isPresent();
  }
}
