package tongguan.exchange.edifact;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gross weight among the MEA segments of a group, in kilograms. A verified gross mass (SOLAS)
 * wins over any other. Tare, net weight and volume are read over.
 */
final class GrossWeight {
  private static final Map<String, BigDecimal> KILOGRAMS =
      Map.of(
          "KGM", BigDecimal.ONE,
          "TNE", new BigDecimal("1000"),
          "GRM", new BigDecimal("0.001"),
          "LBR", new BigDecimal("0.45359237"));

  private @Nullable BigDecimal kilograms;
  private boolean verified;

  /** Takes a MEA; a gross weight without number or in a strange unit is a fault. */
  void measure(Segment mea, Faults faults) {
    if (!isGross(mea.value(1), mea.value(2))) {
      return;
    }
    boolean verifiedHere = mea.value(1).equals("VGM") || mea.value(2).equals("VGM");
    BigDecimal factor = KILOGRAMS.get(mea.value(3, 1));
    Optional<BigDecimal> value = Numbers.decimal(mea.value(3, 2));
    if (factor == null) {
      faults.wrong(Fault.UNIT_UNKNOWN, mea, 3, 1, "KGM, TNE, GRM, LBR");
    } else if (value.isEmpty()) {
      faults.wrong(Fault.NUMBER_INVALID, mea, 3, 2, "0 ... 99999999999");
    } else if (verifiedHere || !verified) {
      BigDecimal heavy = value.get().multiply(factor);
      if (heavy.precision() - heavy.scale() > 11) {
        faults.wrong(Fault.NUMBER_INVALID, mea, 3, 2, "0 ... 99999999999 kg");
        return;
      }
      kilograms = Numbers.grams(heavy);
      verified = verifiedHere;
    }
  }

  @Nullable BigDecimal kilograms() {
    return kilograms;
  }

  private static boolean isGross(String purpose, String dimension) {
    return switch (dimension) {
      case "G", "AAB", "AAD", "AET", "VGM", "WT" -> true;
      case "" -> purpose.equals("WT") || purpose.equals("VGM") || purpose.equals("AAE");
      default -> false;
    };
  }
}
