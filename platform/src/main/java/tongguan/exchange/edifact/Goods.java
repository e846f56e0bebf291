package tongguan.exchange.edifact;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.key.ContainerNumber;

/**
 * The goods of one bill: GID lines with their packages, texts and weights, and SGP, which splits
 * them over containers. Totals of CNT win over sums.
 */
final class Goods {
  private static final int LARGEST_DIGITS = 11;

  private final Segment cni;
  private final Faults faults;
  private final FreeText description = new FreeText();
  private final Map<ContainerNumber, Split> splits = new LinkedHashMap<>();
  private final List<GrossWeight> lines = new ArrayList<>();
  private final GrossWeight whole = new GrossWeight();
  private GrossWeight weighed = whole;
  private @Nullable Integer packages;
  private @Nullable Integer packagesTotal;
  private @Nullable BigDecimal grossTotal;
  private @Nullable String unit;

  /** What of the bill is in one container. */
  private static final class Split {
    private @Nullable Integer packages;
    private final List<GrossWeight> weights = new ArrayList<>();
  }

  Goods(Segment cni, Faults faults) {
    this.cni = cni;
    this.faults = faults;
  }

  void take(Segment segment) {
    switch (segment.tag()) {
      case "GID" -> line(segment);
      case "FTX" -> text(segment);
      case "MEA" -> weighed.measure(segment, faults);
      case "SGP" -> split(segment);
      case "CNT" -> {
        if (lines.isEmpty()) {
          total(segment);
        }
      }
      default -> {}
    }
  }

  private void line(Segment gid) {
    packages = sum(packages, count(gid, 2));
    String here = Texts.code(gid.value(2, 2), 17);
    if (here != null) {
      // Packages of several sorts are counted together as packages.
      unit = unit == null || unit.equals(here) ? here : "PK";
    }
    weighed = new GrossWeight();
    lines.add(weighed);
  }

  private void text(Segment ftx) {
    if (ftx.isQualified("AAA")) {
      description.add(Texts.orNull(ftx.joined(4)));
    }
  }

  private void split(Segment sgp) {
    var number = ContainerNumber.parse(sgp.value(1, 1));
    if (number.isEmpty()) {
      faults.wrong(Fault.KEY_INVALID, sgp, 1, 1, "ISO 6346");
      return;
    }
    Split here = splits.computeIfAbsent(number.get(), box -> new Split());
    here.packages = sum(here.packages, count(sgp, 2));
    weighed = new GrossWeight();
    here.weights.add(weighed);
  }

  private void total(Segment cnt) {
    switch (cnt.value(1, 1)) {
      case "7" ->
          grossTotal = Numbers.decimal(cnt.value(1, 2)).map(Numbers::grams).orElse(grossTotal);
      case "8", "11" -> packagesTotal = Numbers.count(cnt.value(1, 2)).orElse(packagesTotal);
      default -> {}
    }
  }

  private @Nullable Integer count(Segment segment, int element) {
    String text = segment.value(element, 1);
    if (text.isEmpty()) {
      return null;
    }
    var count = Numbers.count(text);
    if (count.isEmpty()) {
      faults.wrong(Fault.NUMBER_INVALID, segment, element, 1, "0 ... 999999999");
    }
    return count.orElse(null);
  }

  private static @Nullable Integer sum(@Nullable Integer one, @Nullable Integer other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
  }

  @Nullable String description() {
    return description.whole();
  }

  @Nullable Integer packages() {
    return packagesTotal != null ? packagesTotal : packages;
  }

  @Nullable String packageUnit() {
    return unit;
  }

  @Nullable BigDecimal grossKg() {
    if (grossTotal != null) {
      return grossTotal;
    }
    return whole.kilograms() != null ? whole.kilograms() : sum(lines);
  }

  private @Nullable BigDecimal sum(List<GrossWeight> weights) {
    BigDecimal sum = null;
    for (GrossWeight weight : weights) {
      BigDecimal kilograms = weight.kilograms();
      if (kilograms != null) {
        sum = sum == null ? kilograms : sum.add(kilograms);
      }
    }
    if (sum != null && sum.precision() - sum.scale() > LARGEST_DIGITS) {
      String value = sum.toPlainString();
      faults.add(Fault.NUMBER_INVALID, cni.position(), cni.tag(), 0, 0, value, "≤ 99999999999 kg");
      return null;
    }
    return sum == null ? null : Numbers.grams(sum);
  }

  /** The containers of the bill; what the manifest's EQD tells of them is told with them. */
  List<Fact.Bill.Packed> packed(Map<ContainerNumber, Equipment> containers) {
    List<Fact.Bill.Packed> packed = new ArrayList<>(splits.size());
    splits.forEach((number, part) -> {
      Equipment equipment = containers.get(number);
      packed.add(
          new Fact.Bill.Packed(
              number,
              equipment == null ? null : equipment.sizeType(),
              equipment == null ? null : equipment.full(),
              part.packages,
              sum(part.weights),
              equipment == null ? List.of() : equipment.seals()));
    });
    return packed;
  }
}
