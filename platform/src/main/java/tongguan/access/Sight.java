package tongguan.access;

import java.util.Optional;

/**
 * What of the records an officer may see.
 *
 * @param district the one district whose records these are; empty for all districts
 * @param clearance 0 ordinary, 1 secret, 2 confidential: records above it do not exist for the
 *     officer
 */
public record Sight(Optional<String> district, int clearance) {
  public static final Sight ALL = new Sight(Optional.empty(), 2);
}
