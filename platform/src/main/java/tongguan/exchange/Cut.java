package tongguan.exchange;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Arrival;
import tongguan.exchange.message.Rejection;

/**
 * A transmission cut into messages.
 *
 * @param arrivals in the order of the bytes
 * @param nothing why not a single message could be cut out
 * @param acknowledgement what is to be sent back beside the outcome
 */
record Cut(List<Arrival> arrivals, @Nullable Rejection nothing, Acknowledgement acknowledgement) {

  /** Makes control messages from the rejection, or its absence, of each arrival. */
  @FunctionalInterface
  interface Acknowledgement {
    List<String> of(List<Optional<Rejection>> rejections);
  }

  /** The reason to refuse the whole, where there are no arrivals. */
  Rejection refusal() {
    return nothing == null ? Rejection.at("", "empty", null, "a message") : nothing;
  }

  static Cut into(List<Arrival> arrivals) {
    return new Cut(arrivals, null, rejections -> List.of());
  }

  static Cut nothing(Rejection reason) {
    return new Cut(List.of(), reason, rejections -> List.of());
  }
}
