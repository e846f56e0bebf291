package tongguan.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An officer's account as administrators see it. */
public record Account(
    UUID id,
    String name,
    String nameZh,
    String nameEn,
    String unit,
    @Nullable String district,
    int clearance,
    @Nullable String mail,
    String source,
    @Nullable String subject,
    boolean ended,
    boolean locked,
    @Nullable Instant lastLoginAt,
    @Nullable String lastLoginAddress,
    int refusedSince,
    int version,
    List<Holding> roles) {

  public Account {
    roles = List.copyOf(roles);
  }

  /**
   * A role that an account holds.
   *
   * @param scope {@code own} for the records of the officer's district, {@code all} for those of
   *     all
   */
  public record Holding(String role, String scope) {}
}
