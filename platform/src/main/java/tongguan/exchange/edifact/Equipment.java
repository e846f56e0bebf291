package tongguan.exchange.edifact;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.record.key.ContainerNumber;

/** A container as an EQD segment and its MEA and SEL tell of it. */
final class Equipment {
  private final Segment eqd;
  private final GrossWeight weight = new GrossWeight();
  private final Set<String> seals = new LinkedHashSet<>();

  Equipment(Segment eqd) {
    this.eqd = eqd;
  }

  static boolean isContainer(Segment eqd) {
    return eqd.isQualified("CN");
  }

  Segment segment() {
    return eqd;
  }

  /** Empty when the segment has no number that a box could have. */
  Optional<ContainerNumber> number() {
    return ContainerNumber.parse(eqd.value(2, 1));
  }

  /** The number, or a fault. */
  Optional<ContainerNumber> number(Faults faults) {
    Optional<ContainerNumber> number = number();
    if (number.isEmpty()) {
      faults.wrong(Fault.KEY_INVALID, eqd, 2, 1, "ISO 6346");
    }
    return number;
  }

  @Nullable String sizeType() {
    return Texts.code(eqd.value(3, 1), 10);
  }

  /** 8169: 4 is empty, 5 full; other codes say neither. */
  @Nullable Boolean full() {
    return switch (eqd.value(6)) {
      case "4" -> Boolean.FALSE;
      case "5" -> Boolean.TRUE;
      default -> null;
    };
  }

  void measure(Segment mea, Faults faults) {
    weight.measure(mea, faults);
  }

  GrossWeight weight() {
    return weight;
  }

  void seal(Segment sel) {
    String seal = Texts.code(sel.value(1), 35);
    if (seal != null) {
      seals.add(seal);
    }
  }

  List<String> seals() {
    return List.copyOf(seals);
  }
}
