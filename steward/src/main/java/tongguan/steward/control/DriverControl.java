package tongguan.steward.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.steward.base.SysTree;

/**
 * Devices of a bus that are shut by taking their driver away ({@code unbind}) and opened by giving
 * it back ({@code bind}): optical drives and card readers. The device stays on its bus, so that it
 * is found again; one that is put in while locked loses its driver with the next look.
 */
public final class DriverControl implements Control {
  private final SysTree tree;
  private final String name;
  private final String bus;
  private final String driver;
  private final Set<String> types;
  private final String absence;

  private DriverControl(
      SysTree tree, String name, String bus, String driver, Set<String> types, String absence) {
    this.tree = tree;
    this.name = name;
    this.bus = bus;
    this.driver = driver;
    this.types = types;
    this.absence = absence;
  }

  /** SCSI peripheral type 5 (SPC-4, table 138): CD, DVD and Blu-ray. */
  public static DriverControl optical(SysTree tree) {
    return new DriverControl(
        tree, "optical", "scsi", "sr", Set.of("5"), "the kernel knows no optical drive");
  }

  /** SD cards. Type {@code MMC} is storage soldered onto the board, which the machine runs from. */
  public static DriverControl cardReader(SysTree tree) {
    return new DriverControl(
        tree,
        "card-reader",
        "mmc",
        "mmcblk",
        Set.of("SD", "SDcombo"),
        "the kernel knows no card in a reader");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public State lock() {
    return each(true, "unbind");
  }

  @Override
  public State unlock() {
    return each(false, "bind");
  }

  private State each(boolean bound, String act) {
    for (Path device : devices()) {
      Optional<String> owner = tree.linkName(device.resolve("driver"));
      if (owner.isPresent() == bound) {
        try {
          String from = owner.orElse(driver);
          tree.write(
              tree.at("sys/bus/" + bus + "/drivers/" + from + "/" + act),
              device.getFileName().toString());
        } catch (IOException e) {
          return new State.Failed(device.getFileName() + ": " + e.getMessage());
        }
      }
    }
    return state();
  }

  @Override
  public State state() {
    List<Path> devices = devices();
    if (devices.isEmpty()) {
      return new State.Absent(absence);
    }
    boolean anyBound =
        devices.stream().anyMatch(device -> tree.linkName(device.resolve("driver")).isPresent());
    return anyBound ? new State.Unlocked() : new State.Locked();
  }

  private List<Path> devices() {
    return tree.children("sys/bus/" + bus + "/devices").stream()
        .filter(device -> tree.read(device.resolve("type")).filter(types::contains).isPresent())
        .toList();
  }
}
