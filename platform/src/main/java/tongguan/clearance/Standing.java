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
 * @param documentsOpen documents were asked for and have not been reviewed since
 * @param assigned an examination is assigned, or was found too little, and its result is not there
 * @param examined a result is there
 * @param reexamined the newest result is newer than value and duty
 * @param valued since the last appeal that was granted
 * @param dutyAssessed since then, and since the goods were valued last
 * @param dutySettled the duty so assessed is paid or guaranteed
 * @param reopened an appeal was granted, and the duty has not been assessed anew
 * @param holdComing a hold or seizure was confirmed here and is not in the record yet
 * @param pending another act waits for its core system's answer
 * @param toldLater another act is done, and the record has not heard of it yet
 * @param flagged it was flagged, and neither was it inspected since then, nor was the flag lifted
 */
public record Standing(
    Course course,
    boolean byAir,
    @Nullable Instant lastStepAt,
    Phase phase,
    @Nullable Channel channel,
    boolean documentsOpen,
    boolean assigned,
    boolean examined,
    boolean reexamined,
    boolean valued,
    boolean dutyAssessed,
    boolean dutySettled,
    boolean held,
    boolean correcting,
    boolean appealing,
    boolean reopened,
    boolean holdComing,
    boolean pending,
    boolean toldLater,
    boolean flagged) {

  private static final int VERSION_BYTES = 8;

  /** What the record says, for a person to compare where it has changed meanwhile. */
  Map<String, Object> told() {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("phase", phase.code());
    if (channel != null) {
      told.put("channel", channel.name());
    }
    if (lastStepAt != null) {
      told.put("lastStepAt", lastStepAt);
    }
    told.put("documentsOpen", documentsOpen);
    told.put("assigned", assigned);
    told.put("examined", examined);
    told.put("valued", valued);
    told.put("dutyAssessed", dutyAssessed);
    told.put("dutySettled", dutySettled);
    told.put("held", held);
    told.put("correcting", correcting);
    told.put("appealing", appealing);
    told.put("reopened", reopened);
    told.put("flagged", flagged);
    return told;
  }

  /**
   * Another one as soon as the record says another thing; what an officer saw is told by it. What
   * is on its way to a core system is not of it.
   */
  public String version() {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256")
              .digest(told().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(whole, 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
