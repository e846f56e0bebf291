package tongguan.steward.report;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tongguan.steward.base.SysTree;

/** The machine as its kernel's files describe it. What is not there is left out. */
public final class Machine {
  private static final Pattern MAC = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final Pattern WIRELESS =
      Pattern.compile("\\s*\\S+:\\s+\\S+\\s+\\S+\\s+(-?\\d+)\\.?\\s.*");

  private final SysTree tree;

  public Machine(SysTree tree) {
    this.tree = tree;
  }

  /** Of network cards of the machine itself: neither loopback nor bridges, tunnels and the like. */
  public List<String> macs() {
    return tree.children("sys/class/net").stream()
        .filter(card -> tree.read(card.resolve("type")).filter("1"::equals).isPresent())
        .sorted(
            java.util.Comparator.comparing(
                card -> java.nio.file.Files.exists(card.resolve("device")) ? 0 : 1))
        .map(card -> tree.read(card.resolve("address")).orElse(""))
        .filter(mac -> MAC.matcher(mac).matches() && !mac.equals("00:00:00:00:00:00"))
        .distinct()
        .limit(16)
        .toList();
  }

  /**
   * Of the card with that address; where it has none, as mobile networks' have, of the machine's
   * first.
   */
  public Optional<String> macTowards(InetAddress own) {
    try {
      NetworkInterface card = NetworkInterface.getByInetAddress(own);
      byte[] mac = card == null ? null : card.getHardwareAddress();
      if (mac != null && mac.length == 6) {
        return Optional.of(HexFormat.ofDelimiter(":").formatHex(mac));
      }
    } catch (SocketException unknown) {
      // then it is as if it had none
    }
    return macs().stream().findFirst();
  }

  /** From the firmware's tables; a made one where there is none, from what stays the same. */
  public String serial() {
    return tree.read("sys/class/dmi/id/product_serial")
        .filter(serial -> serial.matches("[A-Za-z0-9][A-Za-z0-9./ _-]{2,59}"))
        .orElseGet(() -> "machine-" + tree.read("etc/machine-id").orElse("unknown"));
  }

  /** Percent of the first battery. */
  public OptionalInt battery() {
    return tree.children("sys/class/power_supply").stream()
        .filter(supply -> isBattery(supply))
        .flatMap(supply -> tree.read(supply.resolve("capacity")).stream())
        .filter(capacity -> capacity.matches("100|[0-9]{1,2}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }

  /** Mice and pens have batteries, too; those have the scope Device. */
  private boolean isBattery(Path supply) {
    return tree.read(supply.resolve("type")).filter("Battery"::equals).isPresent()
        && tree.read(supply.resolve("scope")).filter("Device"::equals).isEmpty();
  }

  /** Of the first wireless card (proc(5), net/wireless); old drivers add 256. */
  public OptionalInt wirelessDbm() {
    Optional<String> table = tree.read("proc/net/wireless");
    if (table.isPresent()) {
      for (String line : table.get().lines().skip(2).toList()) {
        Matcher level = WIRELESS.matcher(line);
        if (level.matches()) {
          int value = Integer.parseInt(level.group(1));
          return OptionalInt.of(value > 63 ? value - 256 : value);
        }
      }
    }
    return OptionalInt.empty();
  }
}
