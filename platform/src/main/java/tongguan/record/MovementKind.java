package tongguan.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can happen to a container on its way (貨櫃動態). */
public enum MovementKind {
  DISCHARGE,
  LOAD,
  GATE_IN,
  GATE_OUT,
  TRANSFER,
  SEAL,
  UNSEAL;

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** The word of the API and the database. */
  public String code() {
    return code;
  }

  public static Optional<MovementKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }
}
