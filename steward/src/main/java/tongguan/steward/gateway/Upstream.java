package tongguan.steward.gateway;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tongguan.steward.enrol.Identity;

/**
 * What the gateway asks of the rest of the steward, anew for each request.
 *
 * @param attestation by our own address of the connection to the platform; empty where there is no
 *     MAC to attest
 */
public record Upstream(
    Supplier<Way> way, Function<InetAddress, Optional<Attestation>> attestation) {

  public sealed interface Way {
    record Open(Identity identity) implements Way {}

    record NotEnrolled() implements Way {}

    record Wiped() implements Way {}
  }
}
