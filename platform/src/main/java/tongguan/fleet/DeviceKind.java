package tongguan.fleet;

import java.util.Locale;

/** What sort of device it is; notebooks and tablets carry a steward. */
public enum DeviceKind {
  PDA("pda"),
  TABLET("tablet"),
  NOTEBOOK("notebook");

  private final String code;

  DeviceKind(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  public static Parsed<DeviceKind> parse(String typed) {
    String text = Typed.capitals(typed).toLowerCase(Locale.ROOT);
    for (DeviceKind kind : values()) {
      if (kind.code.equals(text)) {
        return new Parsed.Good<>(kind);
      }
    }
    return Parsed.bad("種類：pda、tablet 或 notebook", "a kind: pda, tablet or notebook");
  }

  static DeviceKind of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
