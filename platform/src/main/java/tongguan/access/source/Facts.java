package tongguan.access.source;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.identity.Session;

/**
 * What the primary says at the moment of a request about what it shows of itself.
 *
 * @param zone of the peer's address; null for none
 * @param device that the certificate names; null where none was shown or it is not ours
 * @param network the live session on the private APN at the address; null for none
 * @param session of the token; null where none was shown or it has ended
 * @param fits whether the officer of that session may use the device
 */
public record Facts(
    @Nullable Zone zone,
    @Nullable Known device,
    @Nullable Apn network,
    @Nullable Session session,
    boolean fits) {

  static final Facts NONE = new Facts(null, null, null, null, false);

  /**
   * @param certificate whether a device's certificate must be shown
   */
  public record Zone(boolean apn, boolean certificate) {}

  /**
   * A device of the registry by its certificate.
   *
   * @param holds whether the certificate is neither revoked nor at its end
   * @param wipe whether it has been told to destroy what it holds and has not said that it did
   * @param needsSteward whether its kind is one that an agent guards
   * @param stewardFresh whether that has reported in time
   * @param macKnown whether the address that was attested is one of its own
   */
  public record Known(
      UUID id,
      String unit,
      String state,
      boolean holds,
      boolean wipe,
      @Nullable String imei,
      boolean needsSteward,
      boolean stewardFresh,
      boolean tampered,
      boolean macKnown) {

    /** Whether it must learn that it was cut off, and nothing else. */
    public boolean isCutOff() {
      return state.equals("lost") || wipe;
    }
  }

  /**
   * A session on the private APN and the SIM that it belongs to.
   *
   * @param silent whether accounting has been silent for too long
   * @param simActive whether it is a SIM of ours that may be used
   * @param ownAddress whether the address is the SIM's own one
   * @param paired the device that the SIM is in by the registry; null for none
   * @param otherModem whether a SIM in another modem is let in by policy
   */
  public record Apn(
      UUID id,
      String imeisv,
      boolean silent,
      boolean simActive,
      boolean ownAddress,
      @Nullable UUID paired,
      boolean otherModem) {}

  public Optional<UUID> deviceId() {
    return Optional.ofNullable(device).map(Known::id);
  }

  /** Whether browsers on this device are to drop what they hold. */
  public boolean mustBeWiped() {
    return device != null && device.isCutOff();
  }
}
