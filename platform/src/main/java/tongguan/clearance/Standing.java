package tongguan.clearance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tongguan.record.Channel;

/**
 * All that decides which act may come next.
 *
 * @param lastStepAt of the newest step told: another one means that something happened meanwhile
 * @param assigned an examination is assigned and its result is not there yet
 * @param examined a result is there
 */
public record Standing(
    Course course,
    boolean byAir,
    @Nullable Instant lastStepAt,
    Phase phase,
    @Nullable Channel channel,
    boolean assigned,
    boolean examined,
    boolean valued,
    boolean dutyAssessed,
    boolean dutySettled,
    boolean held,
    boolean correcting) {

  private static final int VERSION_BYTES = 8;

  /** What a person compares, where something has changed meanwhile. */
  Map<String, Object> told() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("phase", phase.code());
    if (channel != null) {
      told.put("channel", channel.name());
    }
    if (lastStepAt != null) {
      told.put("lastStepAt", lastStepAt);
    }
    told.put("assigned", assigned);
    told.put("examined", examined);
    told.put("valued", valued);
    told.put("dutyAssessed", dutyAssessed);
    told.put("dutySettled", dutySettled);
    told.put("held", held);
    told.put("correcting", correcting);
    return told;
  }

  /** Another one as soon as anything of it is another; what an officer saw is told by it. */
  public String version() {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
