package tongguan.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of the records an officer may see.
 *
 * @param district the one district whose records these are; empty for all districts
 * @param clearance 0 ordinary, 1 secret, 2 confidential: records above it do not exist for the
 *     officer
 */
public record Sight(Optional<String> district, int clearance) {
  public static final Sight ALL = new Sight(Optional.empty(), 2);

  /** Bits of districts: one for each letter that customs' offices begin with. */
  private static final int ALL_DISTRICTS = Integer.MAX_VALUE;

  /** What belongs to no district, and may be seen in all. */
  private static final int NO_DISTRICT = 1 << 30;

  /** Whether what belongs to this district, or to none of them, is within it. */
  public boolean reaches(@Nullable String ofDistrict) {
    return district.isEmpty() || district.get().equals(ofDistrict);
  }

  /** The districts as the records have them: a set of bits, see the room {@code record}. */
  public int districts() {
    return district
        .map(letter -> NO_DISTRICT | (letter.matches("[A-Z]") ? 1 << (letter.charAt(0) - 'A') : 0))
        .orElse(ALL_DISTRICTS);
  }
}
