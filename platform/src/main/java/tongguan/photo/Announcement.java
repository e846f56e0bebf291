package tongguan.photo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.record.key.DeclarationNumber;
import tools.jackson.databind.JsonNode;

/**
 * What a device says of a photo before it sends it.
 *
 * @param sha256 64 small hexadecimal digits
 */
record Announcement(
    DeclarationNumber declaration,
    String sha256,
    int bytes,
    Instant takenAt,
    Photo.@Nullable Position position) {
  /** A device's clock may be a little ahead; a photo of next week is a mistake. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  static Announcement of(DeclarationNumber declaration, JsonNode input, Clock clock) {
    String sha256 = Input.text(input, "sha256", 64);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw Input.refused("sha256", "64 hexadecimal digits");
    }
    return new Announcement(
        declaration,
        sha256,
        Input.number(input, "bytes", 1, Limits.PHOTO_BYTES),
        takenAt(input, clock),
        position(input.path("position")));
  }

  private static Instant takenAt(JsonNode input, Clock clock) {
    try {
      Instant takenAt = OffsetDateTime.parse(Input.text(input, "takenAt", 40)).toInstant();
      if (takenAt.isAfter(EARLIEST) && takenAt.isBefore(clock.instant().plus(AHEAD))) {
        return takenAt;
      }
    } catch (DateTimeParseException notAMoment) {
      // answered below
    }
    throw Input.refused("takenAt", "moment with its offset, not in the future");
  }

  private static Photo.@Nullable Position position(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return new Photo.Position(
        degrees(node, "latitude", 90),
        degrees(node, "longitude", 180),
        node.path("accuracy").isNumber() ? within(node, "accuracy", 0, 1_000_000, 1) : null);
  }

  private static BigDecimal degrees(JsonNode node, String member, int most) {
    return within(node, member, -most, most, 6);
  }

  private static BigDecimal within(JsonNode node, String member, int least, int most, int scale) {
    if (node.path(member).isNumber()) {
      BigDecimal number = node.path(member).decimalValue();
      if (number.compareTo(BigDecimal.valueOf(least)) >= 0
          && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
        return number.setScale(scale, RoundingMode.HALF_EVEN);
      }
    }
    throw Input.refused("position." + member, "number from " + least + " to " + most);
  }
}
