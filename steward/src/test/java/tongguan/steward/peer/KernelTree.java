package tongguan.steward.peer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tongguan.steward.base.SysTree;

/**
 * A folder that looks like {@code /sys}, and does on a write what the kernel would do as far as it
 * can be seen there: a driver that is unbound is gone, an interface that is let in keeps its word.
 * It is no kernel, and no hardware is behind it.
 */
public final class KernelTree extends SysTree {
  private final Path root;

  /** Every write, in its order: {@code path=value}. */
  public final List<String> writes = new ArrayList<>();

  /** Writes below that name fail like those to a device that was pulled out. */
  public String broken = "";

  public KernelTree(Path root) {
    super(root);
    this.root = root;
  }

  public KernelTree file(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content + "\n");
      return this;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public KernelTree link(String path, String target) {
    try {
      Path link = root.resolve(path);
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, Path.of(target));
      return this;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  public String value(String path) {
    return read(path).orElse("no file");
  }

  /** A host with {@code authorized_default}, and since Linux 4.4 one for interfaces. */
  public KernelTree usbHost(String name, boolean modern) {
    file("sys/bus/usb/drivers_probe", "");
    file("sys/bus/usb/devices/" + name + "/authorized_default", "1");
    return modern
        ? file("sys/bus/usb/devices/" + name + "/interface_authorized_default", "1")
        : this;
  }

  /** A device with one interface, as lsusb would show it: {@code 1-2}, {@code 0781:5567}, class. */
  public KernelTree usbDevice(String port, String id, String deviceClass, String interfaceClass) {
    String device = "sys/bus/usb/devices/" + port;
    file(device + "/idVendor", id.substring(0, 4));
    file(device + "/idProduct", id.substring(5));
    file(device + "/bDeviceClass", deviceClass);
    return usbInterface(port, 0, interfaceClass);
  }

  public KernelTree usbInterface(String port, int number, String interfaceClass) {
    String one = "sys/bus/usb/devices/" + port + ":1." + number;
    file(one + "/bInterfaceClass", interfaceClass);
    boolean open =
        read("sys/bus/usb/devices/usb1/interface_authorized_default").orElse("1").equals("1");
    return file(one + "/authorized", open ? "1" : "0");
  }

  public KernelTree rfkill(int number, String type, String soft) {
    String folder = "sys/class/rfkill/rfkill" + number;
    return file(folder + "/type", type).file(folder + "/soft", soft).file(folder + "/hard", "0");
  }

  /** Bound to its driver. */
  public KernelTree onBus(String bus, String name, String type, String driver) {
    String device = "sys/bus/" + bus + "/devices/" + name;
    file("sys/bus/" + bus + "/drivers/" + driver + "/unbind", "");
    file("sys/bus/" + bus + "/drivers/" + driver + "/bind", "");
    return file(device + "/type", type).link(device + "/driver", "../../drivers/" + driver);
  }

  @Override
  public void write(Path file, String value) throws IOException {
    String path = root.relativize(file).toString();
    if (!broken.isEmpty() && path.contains(broken)) {
      throw new IOException("Input/output error");
    }
    super.write(file, value);
    writes.add(path + "=" + value);
    if (path.endsWith("/unbind")) {
      Files.delete(deviceOf(file, value).resolve("driver"));
    } else if (path.endsWith("/bind")) {
      Path device = deviceOf(file, value);
      Files.createSymbolicLink(
          device.resolve("driver"),
          Path.of("../../drivers", nameOf(requireNonNull(file.getParent()))));
    }
  }

  private static Path deviceOf(Path file, String name) {
    Path bus = file.resolve("../../..").normalize();
    return bus.resolve("devices").resolve(name);
  }

  private static String nameOf(Path path) {
    return requireNonNull(path.getFileName()).toString();
  }
}
