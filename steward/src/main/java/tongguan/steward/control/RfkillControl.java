package tongguan.steward.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tongguan.steward.base.SysTree;

/**
 * Radios of one type, by rfkill's {@code soft} switch
 * (Documentation/ABI/stable/sysfs-class-rfkill). The radio of the private APN, type {@code wwan},
 * is not among those that are shut.
 */
public final class RfkillControl implements Control {
  private static final String FOLDER = "sys/class/rfkill";

  private final SysTree tree;
  private final String type;

  private RfkillControl(SysTree tree, String type) {
    this.tree = tree;
    this.type = type;
  }

  public static RfkillControl bluetooth(SysTree tree) {
    return new RfkillControl(tree, "bluetooth");
  }

  public static RfkillControl wlan(SysTree tree) {
    return new RfkillControl(tree, "wlan");
  }

  @Override
  public String name() {
    return type;
  }

  @Override
  public State lock() {
    return switchAll("1");
  }

  @Override
  public State unlock() {
    return switchAll("0");
  }

  private State switchAll(String soft) {
    for (Path radio : radios()) {
      try {
        if (!tree.read(radio.resolve("soft")).equals(java.util.Optional.of(soft))) {
          tree.write(radio.resolve("soft"), soft);
        }
      } catch (IOException e) {
        return new State.Failed(radio.getFileName() + ": " + e.getMessage());
      }
    }
    return state();
  }

  @Override
  public State state() {
    List<Path> radios = radios();
    if (radios.isEmpty()) {
      return new State.Absent("the kernel knows no radio of type " + type);
    }
    return radios.stream().allMatch(this::isOff) ? new State.Locked() : new State.Unlocked();
  }

  private boolean isOff(Path radio) {
    return isOne(radio.resolve("soft")) || isOne(radio.resolve("hard"));
  }

  private boolean isOne(Path file) {
    return tree.read(file).filter("1"::equals).isPresent();
  }

  private List<Path> radios() {
    return tree.children(FOLDER).stream()
        .filter(radio -> tree.read(radio.resolve("type")).filter(type::equals).isPresent())
        .toList();
  }
}
