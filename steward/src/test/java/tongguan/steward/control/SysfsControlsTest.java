package tongguan.steward.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.peer.KernelTree;

/**
 * On a tree of files that looks like sysfs; no USB, radio or drive of a real machine is touched.
 */
class SysfsControlsTest {
  private static final String DEVICES = "sys/bus/usb/devices/";

  @TempDir Path root;
  private KernelTree tree;

  @BeforeEach
  void plant() {
    tree = new KernelTree(root);
  }

  private Map<String, Control> usb(String... kept) {
    return UsbControl.all(tree, Set.of(kept)).stream()
        .collect(java.util.stream.Collectors.toMap(Control::name, control -> control));
  }

  private static void lockAll(Map<String, Control> controls) {
    List.of("usb-storage", "usb-printer", "usb-other")
        .forEach(name -> requireNonNull(controls.get(name)).lock());
  }

  @Test
  void storageAndPrintersAreShutAndTheKeyboardIsNot() {
    tree.usbHost("usb1", true)
        .usbDevice("1-1", "0781:5567", "00", "08")
        .usbDevice("1-2", "03f0:2b17", "00", "07")
        .usbDevice("1-3", "046d:c31c", "00", "03")
        .usbDevice("1-4", "046d:0825", "ef", "0e");
    Map<String, Control> usb = usb();

    lockAll(usb);

    assertThat(tree.value(DEVICES + "1-1:1.0/authorized")).as("stick").isEqualTo("0");
    assertThat(tree.value(DEVICES + "1-2:1.0/authorized")).as("printer").isEqualTo("0");
    assertThat(tree.value(DEVICES + "1-3:1.0/authorized")).as("keyboard").isEqualTo("1");
    assertThat(tree.value(DEVICES + "1-4:1.0/authorized")).as("camera").isEqualTo("0");
    assertThat(tree.value(DEVICES + "usb1/interface_authorized_default")).isEqualTo("0");
    assertThat(usb.values()).allMatch(control -> control.state().equals(new State.Locked()));
  }

  /** A keyboard with a hidden drive: a device of many faces is let in face by face. */
  @Test
  void aKeyboardThatIsAlsoADriveIsAKeyboardOnly() {
    tree.usbHost("usb1", true)
        .usbDevice("1-1", "1234:5678", "00", "03")
        .usbInterface("1-1", 1, "08");

    lockAll(usb());

    assertThat(tree.value(DEVICES + "1-1:1.0/authorized")).isEqualTo("1");
    assertThat(tree.value(DEVICES + "1-1:1.1/authorized")).isEqualTo("0");
  }

  @Test
  void aStickThatIsPutInWhileLockedStaysOutAndAKeyboardComesIn() {
    tree.usbHost("usb1", true);
    Map<String, Control> usb = usb();
    lockAll(usb);

    tree.usbDevice("1-1", "0781:5567", "00", "08").usbDevice("1-3", "046d:c31c", "00", "03");
    assertThat(tree.value(DEVICES + "1-3:1.0/authorized")).isEqualTo("0");
    lockAll(usb);

    assertThat(tree.value(DEVICES + "1-1:1.0/authorized")).isEqualTo("0");
    assertThat(tree.value(DEVICES + "1-3:1.0/authorized")).isEqualTo("1");
    assertThat(tree.writes).contains("sys/bus/usb/drivers_probe=1-3:1.0");
  }

  @Test
  void unlockingLetsInAgainAndAsksForDrivers() {
    tree.usbHost("usb1", true).usbDevice("1-1", "0781:5567", "00", "08");
    Map<String, Control> usb = usb();
    lockAll(usb);

    usb.values().forEach(Control::unlock);

    assertThat(tree.value(DEVICES + "1-1:1.0/authorized")).isEqualTo("1");
    assertThat(tree.value(DEVICES + "usb1/interface_authorized_default")).isEqualTo("1");
    assertThat(tree.writes).contains("sys/bus/usb/drivers_probe=1-1:1.0");
    assertThat(requireNonNull(usb.get("usb-storage")).state()).isEqualTo(new State.Unlocked());
  }

  @Test
  void aPolicyThatOpensPrintersOpensNothingElse() {
    tree.usbHost("usb1", true)
        .usbDevice("1-1", "0781:5567", "00", "08")
        .usbDevice("1-2", "03f0:2b17", "00", "07");
    Controls controls =
        new Controls(
            UsbControl.all(tree, Set.of()), Policy.of(Map.of("usb-printer", Policy.Rule.OPEN)));

    Map<String, State> states = controls.lock();

    assertThat(states)
        .containsEntry("usb-storage", new State.Locked())
        .containsEntry("usb-printer", new State.Unlocked());
    assertThat(tree.value(DEVICES + "1-1:1.0/authorized")).isEqualTo("0");
    assertThat(tree.value(DEVICES + "1-2:1.0/authorized")).isEqualTo("1");
  }

  /** A new process locks what the one before left open, and never opens anything in between. */
  @Test
  void aRestartOpensNothingForAMoment() {
    tree.usbHost("usb1", true)
        .usbDevice("1-1", "0781:5567", "00", "08")
        .usbDevice("1-2", "03f0:2b17", "00", "07");
    lockAll(usb());
    tree.writes.clear();

    lockAll(usb());

    assertThat(tree.writes).isEmpty();
  }

  @Test
  void theModemOfTheMachineIsKeptByItsNumber() {
    tree.usbHost("usb1", true).usbDevice("1-1", "1199:9071", "ff", "ff");

    lockAll(usb("1199:9071"));

    assertThat(tree.value(DEVICES + "1-1:1.0/authorized")).isEqualTo("1");
  }

  @Test
  void anOldKernelKeepsNewDevicesOutAltogether() {
    tree.usbHost("usb1", false);

    lockAll(usb());

    assertThat(tree.value(DEVICES + "usb1/authorized_default")).isEqualTo("0");
  }

  @Test
  void aDeviceThatCannotBeShutIsAFailureAndNotALock() {
    tree.usbHost("usb1", true).usbDevice("1-1", "0781:5567", "00", "08");
    tree.broken = "1-1";

    assertThat(requireNonNull(usb().get("usb-storage")).lock())
        .isEqualTo(new State.Failed("Input/output error"));
  }

  @Test
  void radiosAreSwitchedOffButNotTheOneOfTheApn() {
    tree.rfkill(0, "bluetooth", "0").rfkill(1, "wlan", "0").rfkill(2, "wwan", "0");
    Control bluetooth = RfkillControl.bluetooth(tree);
    Control wlan = RfkillControl.wlan(tree);
    assertThat(wlan.state()).isEqualTo(new State.Unlocked());

    assertThat(bluetooth.lock()).isEqualTo(new State.Locked());
    assertThat(wlan.lock()).isEqualTo(new State.Locked());

    assertThat(tree.value("sys/class/rfkill/rfkill0/soft")).isEqualTo("1");
    assertThat(tree.value("sys/class/rfkill/rfkill1/soft")).isEqualTo("1");
    assertThat(tree.value("sys/class/rfkill/rfkill2/soft")).as("wwan").isEqualTo("0");
    assertThat(wlan.unlock()).isEqualTo(new State.Unlocked());
    assertThat(tree.value("sys/class/rfkill/rfkill0/soft")).isEqualTo("1");
  }

  @Test
  void opticalDrivesLoseTheirDriverAndGetItBackAndDisksKeepTheirs() {
    tree.onBus("scsi", "1:0:0:0", "5", "sr").onBus("scsi", "0:0:0:0", "0", "sd");
    Control optical = DriverControl.optical(tree);
    assertThat(optical.state()).isEqualTo(new State.Unlocked());

    assertThat(optical.lock()).isEqualTo(new State.Locked());
    assertThat(tree.writes).containsExactly("sys/bus/scsi/drivers/sr/unbind=1:0:0:0");
    assertThat(optical.unlock()).isEqualTo(new State.Unlocked());
    assertThat(tree.linkName(tree.at("sys/bus/scsi/devices/0:0:0:0/driver"))).contains("sd");
  }

  @Test
  void cardsAreShutAndTheMachinesOwnStorageIsNot() {
    tree.onBus("mmc", "mmc0:0001", "MMC", "mmcblk").onBus("mmc", "mmc1:aaaa", "SD", "mmcblk");
    Control cards = DriverControl.cardReader(tree);

    assertThat(cards.lock()).isEqualTo(new State.Locked());

    assertThat(tree.writes).containsExactly("sys/bus/mmc/drivers/mmcblk/unbind=mmc1:aaaa");
  }

  @Test
  void whatIsMissingIsSaidToBeMissing() {
    List<Control> controls = new java.util.ArrayList<>(UsbControl.all(tree, Set.of()));
    controls.add(RfkillControl.bluetooth(tree));
    controls.add(RfkillControl.wlan(tree));
    controls.add(DriverControl.optical(tree));
    controls.add(DriverControl.cardReader(tree));

    for (Control control : controls) {
      assertThat(control.lock()).as(control.name()).isInstanceOf(State.Absent.class);
      assertThat(control.unlock()).as(control.name()).isInstanceOf(State.Absent.class);
      assertThat(control.state().detail()).as(control.name()).isNotEmpty();
    }
  }
}
