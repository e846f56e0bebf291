package tongguan.fleet;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device as the registry has it.
 *
 * @param district of its unit; null for headquarters'
 * @param imei 14 digits; null where it has no modem
 * @param holder who answers for it, or did when it was lost; the account's id
 * @param wipePending whether it was told to wipe itself and has not proven that it did
 */
public record Device(
    UUID id,
    String serial,
    DeviceKind kind,
    String model,
    String unit,
    @Nullable String district,
    @Nullable String imei,
    List<String> macs,
    DeviceState state,
    @Nullable UUID holder,
    @Nullable String holderName,
    boolean wipePending,
    int version) {

  public Device {
    macs = List.copyOf(macs);
  }
}
