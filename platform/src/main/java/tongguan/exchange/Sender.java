package tongguan.exchange;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A system that may send messages.
 *
 * @param rank how much it is trusted: core system 3, other agency or terminal 2, carrier 1
 * @param relay whether it may carry the messages of others
 * @param kinds what it may tell; null is everything
 */
public record Sender(
    String id,
    String nameZh,
    String nameEn,
    int rank,
    boolean relay,
    @Nullable Set<String> kinds,
    boolean enabled) {

  boolean mayTell(String kind) {
    return kinds == null || kinds.contains(kind);
  }
}
