package tongguan.access;

import java.util.UUID;
import tongguan.base.http.Call;
import tongguan.base.http.Viewer;

/**
 * A device that asks for itself, over its own certificate, on a route that needs {@link
 * Permissions#DEVICE}.
 *
 * @param unit the unit that it belongs to
 * @param lost whether it was cut off: then it gets here only to be told so, see {@link
 *     tongguan.base.http.Route#alsoForLostDevices}
 * @param certificateSerial the number in the certificate that made the connection, as {@code
 *     getSerialNumber().toByteArray()} gives it
 */
public record Device(UUID id, String unit, boolean lost, byte[] certificateSerial)
    implements Viewer {

  public Device {
    certificateSerial = certificateSerial.clone();
  }

  @Override
  public byte[] certificateSerial() {
    return certificateSerial.clone();
  }

  /** The device of a call on a route for devices. */
  public static Device of(Call call) {
    return (Device) call.viewer();
  }

  @Override
  public boolean may(String permission) {
    return permission.equals(Permissions.DEVICE);
  }
}
