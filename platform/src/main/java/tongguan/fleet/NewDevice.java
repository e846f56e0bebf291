package tongguan.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is entered of a device. */
public record NewDevice(
    Serial serial,
    DeviceKind kind,
    String model,
    String unit,
    @Nullable Imei imei,
    List<Mac> macs) {

  public NewDevice {
    macs = List.copyOf(macs);
  }
}
