package tongguan.simulator.port;

/** A container as it is loaded now; weights in kg, gross. */
public record Box(String number, String sizeType, int grossKg, int packages, String seal) {
  private static final int EMPTY_KG = 2_300;

  /** The same box after it was unpacked. */
  Box emptied() {
    return new Box(number, sizeType, EMPTY_KG, 0, "");
  }

  boolean isEmpty() {
    return packages == 0;
  }
}
