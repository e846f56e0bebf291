package tongguan.steward.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.peer.KernelTree;

/** On a tree of files that looks like the kernel's. */
class MachineTest {
  @TempDir Path root;

  @Test
  void macsAreThoseOfCardsWithTheMachinesOwnFirst() {
    KernelTree tree = new KernelTree(root);
    tree.file("sys/class/net/lo/type", "772").file("sys/class/net/lo/address", "00:00:00:00:00:00");
    tree.file("sys/class/net/br0/type", "1").file("sys/class/net/br0/address", "02:00:00:00:00:01");
    tree.file("sys/class/net/wlan0/type", "1")
        .file("sys/class/net/wlan0/address", "02:00:00:00:00:02");
    tree.file("sys/class/net/wlan0/device/vendor", "0x8086");
    tree.file("sys/class/net/tun0/type", "65534").file("sys/class/net/tun0/address", "");

    assertThat(new Machine(tree).macs()).containsExactly("02:00:00:00:00:02", "02:00:00:00:00:01");
  }

  @Test
  void theBatteryIsTheMachinesAndNotTheMouses() {
    KernelTree tree = new KernelTree(root);
    tree.file("sys/class/power_supply/AC/type", "Mains");
    tree.file("sys/class/power_supply/a-mouse/type", "Battery")
        .file("sys/class/power_supply/a-mouse/scope", "Device")
        .file("sys/class/power_supply/a-mouse/capacity", "5");
    tree.file("sys/class/power_supply/BAT0/type", "Battery")
        .file("sys/class/power_supply/BAT0/capacity", "64");

    assertThat(new Machine(tree).battery()).hasValue(64);
  }

  @Test
  void signalOfAWirelessCardInBothNotations() {
    String head =
        """
        Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE
         face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22
        """;
    KernelTree tree = new KernelTree(root);
    tree.file(
        "proc/net/wireless",
        head + " wlan0: 0000   54.  -56.  -256        0      0      0      0     12        0");
    assertThat(new Machine(tree).wirelessDbm()).hasValue(-56);

    tree.file(
        "proc/net/wireless",
        head + " wlan0: 0000   54.  200.  161        0      0      0      0     12        0");
    assertThat(new Machine(tree).wirelessDbm()).hasValue(-56);
  }

  @Test
  void whatIsNotThereIsLeftOut() {
    Machine bare = new Machine(new KernelTree(root));

    assertThat(bare.macs()).isEmpty();
    assertThat(bare.battery()).isEmpty();
    assertThat(bare.wirelessDbm()).isEmpty();
    assertThat(bare.serial()).isEqualTo("machine-unknown");
  }

  @Test
  void theSerialNumberIsTheFirmwaresUnlessThatIsNone() {
    KernelTree tree = new KernelTree(root);
    tree.file("etc/machine-id", "0123456789abcdef");
    tree.file("sys/class/dmi/id/product_serial", " ");
    assertThat(new Machine(tree).serial()).isEqualTo("machine-0123456789abcdef");

    tree.file("sys/class/dmi/id/product_serial", "PF-2ABCDE");
    assertThat(new Machine(tree).serial()).isEqualTo("PF-2ABCDE");
  }
}
