package tongguan.steward.desk;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.ObjectManager;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * Signal strength and position from ModemManager (org.freedesktop.ModemManager1), where there is
 * one. Percentages of signal are not turned into dBm: what the modem does not measure is left out.
 */
public final class Modem {
  public static final String BUS_NAME = "org.freedesktop.ModemManager1";
  public static final String PATH = "/org/freedesktop/ModemManager1";
  public static final String SIGNAL = "org.freedesktop.ModemManager1.Modem.Signal";
  public static final String LOCATION = "org.freedesktop.ModemManager1.Modem.Location";

  /** MM_MODEM_LOCATION_SOURCE_GPS_RAW is bit 1. */
  private static final UInt32 GPS_RAW = new UInt32(2);

  /** The newest radio first; which key holds its strength. */
  private static final List<Map.Entry<String, String>> STRENGTHS =
      List.of(
          Map.entry("Nr5g", "rsrp"),
          Map.entry("Lte", "rsrp"),
          Map.entry("Umts", "rssi"),
          Map.entry("Gsm", "rssi"));

  private final String bus;

  public Modem(String bus) {
    this.bus = bus;
  }

  public record Reading(Optional<Integer> dbm, Optional<Position> position) {
    public static final Reading NOTHING = new Reading(Optional.empty(), Optional.empty());
  }

  public record Position(double latitude, double longitude) {}

  /** Nothing where there is no bus, no manager or no modem. */
  public Reading read(boolean withPosition) {
    try (DBusConnection connection = Bus.connect(bus)) {
      ObjectManager manager = connection.getRemoteObject(BUS_NAME, PATH, ObjectManager.class);
      for (DBusPath modem : manager.GetManagedObjects().keySet()) {
        Properties properties =
            connection.getRemoteObject(BUS_NAME, modem.getPath(), Properties.class);
        return new Reading(
            strength(properties), withPosition ? position(properties) : Optional.empty());
      }
    } catch (IOException | DBusException | RuntimeException absent) {
      // no modem to ask
    }
    return Reading.NOTHING;
  }

  private static Optional<Integer> strength(Properties modem) {
    try {
      Map<String, Variant<?>> all = modem.GetAll(SIGNAL);
      for (Map.Entry<String, String> each : STRENGTHS) {
        if (all.get(each.getKey()) instanceof Variant<?> radio
            && radio.getValue() instanceof Map<?, ?> values
            && values.get(each.getValue()) instanceof Variant<?> strength
            && strength.getValue() instanceof Double dbm
            && dbm < 0
            && dbm > -200) {
          return Optional.of((int) Math.round(dbm));
        }
      }
    } catch (DBusExecutionException notMeasured) {
      // the modem or its driver does not measure
    }
    return Optional.empty();
  }

  private static Optional<Position> position(Properties modem) {
    try {
      if (modem.GetAll(LOCATION).get("Location") instanceof Variant<?> location
          && location.getValue() instanceof Map<?, ?> sources
          && sources.get(GPS_RAW) instanceof Variant<?> raw
          && raw.getValue() instanceof Map<?, ?> gps
          && gps.get("latitude") instanceof Variant<?> latitude
          && gps.get("longitude") instanceof Variant<?> longitude
          && latitude.getValue() instanceof Double lat
          && longitude.getValue() instanceof Double lon
          && Math.abs(lat) <= 90
          && Math.abs(lon) <= 180) {
        return Optional.of(new Position(lat, lon));
      }
    } catch (DBusExecutionException notKnown) {
      // no receiver, or nobody switched it on
    }
    return Optional.empty();
  }
}
