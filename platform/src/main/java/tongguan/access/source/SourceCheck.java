package tongguan.access.source;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.access.source.Facts.Apn;
import tongguan.access.source.Facts.Known;
import tongguan.base.http.Route;

/**
 * The rule of where requests may come from: decision 010, "Order of checks". Address and MAC can
 * only refuse; the device's key, its SIM and its modem together say which device it is (rule 28).
 */
public final class SourceCheck {
  private SourceCheck() {}

  /**
   * @param own whether the device asks for itself: then its steward need not have reported, or it
   *     could never do so again
   */
  public static Verdict decide(Question asked, Facts facts, Route.Source from, boolean own) {
    return refusal(asked, facts, from, own)
        .<Verdict>map(Verdict.Refused::new)
        .orElseGet(Verdict.Good::new);
  }

  private static Optional<Reason> refusal(
      Question asked, Facts facts, Route.Source from, boolean own) {
    Known device = facts.device();
    if (from == Route.Source.LOST_DEVICES_TOO && device != null && device.isCutOff()) {
      return Optional.empty();
    }
    if (facts.zone() == null) {
      return Optional.of(Reason.NO_ZONE);
    }
    boolean proves = from != Route.Source.NO_DEVICE_YET;
    if (asked.certificate() == null) {
      if (proves && (own || facts.zone().certificate())) {
        return Optional.of(Reason.NO_CERTIFICATE);
      }
    } else if (proves) {
      Optional<Reason> wrong = device(asked, device, own);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return facts.zone().apn() ? network(facts.network(), proves ? device : null) : Optional.empty();
  }

  private static Optional<Reason> device(Question asked, @Nullable Known device, boolean own) {
    if (device == null) {
      return Optional.of(Reason.CERTIFICATE_UNKNOWN);
    }
    if (device.wipe()) {
      return Optional.of(Reason.WIPE_PENDING);
    }
    if (!device.state().equals("assigned")) {
      return Optional.of(Reason.DEVICE_STATE);
    }
    if (!device.holds()) {
      return Optional.of(Reason.CERTIFICATE_REVOKED);
    }
    if (own) {
      return Optional.empty();
    }
    return switch (asked.steward()) {
      case StewardHeader.Malformed malformed -> Optional.of(Reason.STEWARD_MALFORMED);
      case StewardHeader.Attested attested when !device.macKnown() ->
          Optional.of(Reason.MAC_UNKNOWN);
      case StewardHeader.Attested attested -> steward(device);
      case StewardHeader.None none -> steward(device);
    };
  }

  /** A device with an agent is worth nothing without it (P30). */
  private static Optional<Reason> steward(Known device) {
    if (!device.needsSteward()) {
      return Optional.empty();
    }
    if (!device.stewardFresh()) {
      return Optional.of(Reason.STEWARD_SILENT);
    }
    return device.tampered() ? Optional.of(Reason.STEWARD_TAMPERED) : Optional.empty();
  }

  /**
   * @param device that must be the SIM's; null where none is proven yet
   */
  private static Optional<Reason> network(@Nullable Apn network, @Nullable Known device) {
    if (network == null) {
      return Optional.of(Reason.NO_APN_SESSION);
    }
    if (network.silent()) {
      return Optional.of(Reason.APN_SILENT);
    }
    if (!network.simActive()) {
      return Optional.of(Reason.SIM_BLOCKED);
    }
    if (!network.ownAddress()) {
      return Optional.of(Reason.ADDRESS_OF_ANOTHER_SIM);
    }
    if (device == null) {
      return Optional.empty();
    }
    if (!device.id().equals(network.paired())) {
      return Optional.of(Reason.SIM_OF_ANOTHER_DEVICE);
    }
    return network.otherModem() || isModemOf(device, network)
        ? Optional.empty()
        : Optional.of(Reason.ANOTHER_MODEM);
  }

  /** The first 14 digits of both are type and serial number (TS 23.003 §6.2). */
  private static boolean isModemOf(Known device, Apn network) {
    return device.imei() != null && network.imeisv().startsWith(device.imei());
  }
}
