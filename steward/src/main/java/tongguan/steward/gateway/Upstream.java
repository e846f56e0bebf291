package tongguan.steward.gateway;

import java.util.Optional;
import java.util.function.Supplier;
import tongguan.steward.enrol.Identity;

/** What the gateway asks of the rest of the steward, anew for each request. */
public record Upstream(Supplier<Way> way, Supplier<Attestation> attestation) {

  public sealed interface Way {
    record Open(Identity identity) implements Way {}

    record NotEnrolled() implements Way {}

    record Wiped() implements Way {}
  }

  Optional<Identity> identity() {
    return way.get() instanceof Way.Open(Identity identity)
        ? Optional.of(identity)
        : Optional.empty();
  }
}
