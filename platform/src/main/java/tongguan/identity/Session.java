package tongguan.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A session as it stands in the database at the moment of the request.
 *
 * @param place where its tries are counted
 * @param device the device that it is bound to; empty for none
 * @param network the session on the private APN that it is bound to; empty for none
 * @param locked whether it is locked, or has been idle long enough to be
 * @param district of the officer's unit; null for headquarters
 * @param clearance 0 ordinary, 1 secret, 2 confidential (普通, 密, 機密)
 * @param grants permissions with their scope, as {@code own record.read} or {@code all record.read}
 */
public record Session(
    UUID id,
    Stage stage,
    String place,
    String device,
    String network,
    String address,
    boolean locked,
    boolean stale,
    Instant lockAt,
    Instant endsAt,
    int idleSeconds,
    UUID account,
    String name,
    String nameZh,
    String nameEn,
    String unit,
    @Nullable String district,
    int clearance,
    List<String> grants) {

  public Session {
    grants = List.copyOf(grants);
  }

  /**
   * The log-in before this one.
   *
   * @param at null where this is the first one
   * @param refused how many tries were refused between the two
   */
  public record Before(@Nullable Instant at, @Nullable String address, int refused) {}

  /** How far the log-in came. */
  public enum Stage {
    /** The password was right and a second factor is still to come. */
    SECOND_FACTOR("second-factor"),
    /** In, but a second factor has to be set up before anything else. */
    ENROL("enrol"),
    FULL("full");

    private final String code;

    Stage(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }

    static Stage of(String code) {
      for (Stage stage : values()) {
        if (stage.code.equals(code)) {
          return stage;
        }
      }
      throw new IllegalArgumentException(code);
    }
  }

  /**
   * Whether it is shown from where it was begun: another address, device or APN session ends it.
   */
  public boolean isAt(Place where) {
    return address.equals(where.address())
        && device.equals(where.device())
        && network.equals(where.network());
  }

  /** What became of a token that was shown. */
  public sealed interface Shown {
    record Valid(Session session) implements Shown {}

    /** Ended, expired, made up, or shown from another address or device than its own. */
    record Invalid(String why, Optional<UUID> session) implements Shown {}
  }
}
