package tongguan.exchange.edifact;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.record.key.BillKey;

/**
 * The numbers of one bill among the RFF segments of a consignment: master BM, MB, MWB or AWB; house
 * BH or HWB. Where both MB and BM stand, MB is the master and BM the house bill under it.
 */
final class BillNumbers {
  private @Nullable Segment master;
  private @Nullable Segment bill;
  private @Nullable Segment house;

  static boolean isBill(Segment rff) {
    return switch (rff.value(1, 1)) {
      case "BM", "MB", "MWB", "AWB", "BH", "HWB" -> true;
      default -> false;
    };
  }

  void take(Segment rff) {
    switch (rff.value(1, 1)) {
      case "MB", "MWB", "AWB" -> master = rff;
      case "BM" -> bill = rff;
      default -> house = rff;
    }
  }

  /** Whether a number of this sort stands here already. */
  boolean isTaken(Segment rff) {
    return switch (rff.value(1, 1)) {
      case "MB", "MWB", "AWB" -> master != null;
      case "BM" -> bill != null;
      default -> house != null;
    };
  }

  /** What stays true for the bill that a further RFF begins. */
  BillNumbers next(Segment rff) {
    BillNumbers next = new BillNumbers();
    boolean underMaster = rff.value(1, 1).equals("BM") || isHouse(rff);
    next.master = underMaster ? master : null;
    next.bill = isHouse(rff) ? bill : null;
    return next;
  }

  private static boolean isHouse(Segment rff) {
    return rff.value(1, 1).equals("BH") || rff.value(1, 1).equals("HWB");
  }

  /** The key; none that can be read is a fault. CNI may carry the number itself. */
  Optional<BillKey> key(Segment cni, Faults faults) {
    Segment first = master != null ? master : bill;
    Segment second = house != null ? house : (master != null ? bill : null);
    if (first == null) {
      Optional<BillKey> own = second == null ? BillKey.of(cni.value(2, 1), null) : Optional.empty();
      if (own.isEmpty()) {
        faults.missing(second == null ? cni : second, "RFF BM, MB, MWB");
      }
      return own;
    }
    String houseNumber = second == null ? null : second.value(1, 2);
    if (houseNumber != null && houseNumber.equals(first.value(1, 2))) {
      houseNumber = null;
    }
    Optional<BillKey> key = BillKey.of(first.value(1, 2), houseNumber);
    if (key.isEmpty()) {
      boolean masterIsBad = BillKey.of(first.value(1, 2), null).isEmpty();
      Segment bad = masterIsBad || second == null ? first : second;
      faults.wrong(Fault.KEY_INVALID, bad, 1, 2, "[A-Z0-9]{1,35}");
    }
    return key;
  }
}
