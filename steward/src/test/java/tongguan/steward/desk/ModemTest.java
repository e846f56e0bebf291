package tongguan.steward.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.ObjectManager;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.peer.PrivateBus;

/** On a real dbus-daemon; the modem there is the test's own. */
class ModemTest {
  private static final String MODEM = "/org/freedesktop/ModemManager1/Modem/0";

  @TempDir Path folder;

  /** Public for the bus library. */
  public static final class ManagerPeer implements ObjectManager {
    @Override
    public Map<DBusPath, Map<String, Map<String, Variant<?>>>> GetManagedObjects() {
      return Map.of(new DBusPath(MODEM), Map.of());
    }

    @Override
    public String getObjectPath() {
      return Modem.PATH;
    }
  }

  /** Public for the bus library. */
  public static final class ModemPeer implements Properties {
    @Override
    public <A> A Get(String of, String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <A> void Set(String of, String name, A value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Variant<?>> GetAll(String of) {
      return switch (of) {
        case Modem.SIGNAL ->
            Map.of(
                "Lte",
                new Variant<>(Map.of("rsrp", new Variant<>(-97.6)), "a{sv}"),
                "Umts",
                new Variant<>(Map.of(), "a{sv}"));
        default ->
            Map.of(
                "Location",
                new Variant<>(
                    Map.of(
                        new UInt32(2),
                        new Variant<>(
                            Map.of(
                                "latitude", new Variant<>(25.15),
                                "longitude", new Variant<>(121.74)),
                            "a{sv}")),
                    "a{uv}"));
      };
    }

    @Override
    public String getObjectPath() {
      return MODEM;
    }
  }

  @Test
  void signalAndPositionAsTheModemMeasuresThemAndPositionOnlyIfAllowed()
      throws IOException, DBusException {
    try (PrivateBus bus = new PrivateBus(folder);
        DBusConnection manager = Bus.connect(bus.address())) {
      manager.requestBusName(Modem.BUS_NAME);
      manager.exportObject(Modem.PATH, new ManagerPeer());
      manager.exportObject(MODEM, new ModemPeer());

      assertThat(new Modem(bus.address()).read(true))
          .isEqualTo(
              new Modem.Reading(Optional.of(-98), Optional.of(new Modem.Position(25.15, 121.74))));
      assertThat(new Modem(bus.address()).read(false).position()).isEmpty();
    }
  }

  @Test
  void withoutAManagerNothingIsMeasured() throws IOException {
    try (PrivateBus bus = new PrivateBus(folder)) {
      assertThat(new Modem(bus.address()).read(true)).isEqualTo(Modem.Reading.NOTHING);
    }
  }
}
