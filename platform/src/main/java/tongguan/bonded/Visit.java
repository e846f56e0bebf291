package tongguan.bonded;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bonded check as it stands.
 *
 * @param closed null while it is only planned
 */
record Visit(
    UUID id,
    Plan.Premises premises,
    String company,
    LocalDate plannedFor,
    UUID officer,
    String officerName,
    List<Plan.Item> items,
    @Nullable Closed closed) {

  /**
   * How it ended.
   *
   * @param counts of each item, as JSON
   * @param reportSha256 64 hexadecimal digits
   */
  record Closed(
      String result,
      Instant at,
      String signer,
      @Nullable String remark,
      String counts,
      String checklist,
      String reportSha256) {}
}
