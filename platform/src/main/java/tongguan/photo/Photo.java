package tongguan.photo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a photo.
 *
 * @param sha256 of all its bytes, 64 hexadecimal digits
 * @param received bytes that are there; the next piece begins at this offset
 * @param picture what it turned out to be; null until all of it is there
 * @param takenAt as the device has it
 */
public record Photo(
    UUID id,
    String declaration,
    String sha256,
    int bytes,
    int received,
    @Nullable Picture picture,
    Instant takenAt,
    @Nullable Position position,
    UUID officer,
    String officerName) {

  /** Where it was taken, in degrees (WGS 84), and how well the device knew it. */
  public record Position(
      BigDecimal latitude, BigDecimal longitude, @Nullable BigDecimal accuracyMetres) {}

  public boolean isWhole() {
    return picture != null;
  }
}
