package tongguan.access.source;

import java.util.Locale;

/** Why a request is not let in from where it comes; for the audit alone, never told. */
public enum Reason {
  /** Asked for under a name that is not this server's. */
  HOST,
  NO_ZONE,
  NO_CERTIFICATE,
  CERTIFICATE_UNKNOWN,
  CERTIFICATE_REVOKED,
  /** In stock, in repair, lost or retired. */
  DEVICE_STATE,
  WIPE_PENDING,
  NO_APN_SESSION,
  APN_SILENT,
  SIM_BLOCKED,
  ADDRESS_OF_ANOTHER_SIM(true),
  SIM_OF_ANOTHER_DEVICE(true),
  ANOTHER_MODEM(true),
  STEWARD_MALFORMED,
  MAC_UNKNOWN(true),
  STEWARD_SILENT,
  STEWARD_TAMPERED(true),
  /** The session is another address's or APN session's. */
  MOVED,
  SESSION_OF_ANOTHER_DEVICE(true),
  /** The officer's unit may not use the device. */
  DEVICE_OF_OTHERS;

  private final boolean alarms;

  Reason() {
    this(false);
  }

  Reason(boolean alarms) {
    this.alarms = alarms;
  }

  /** Things that do not belong together: an alarm the first time (rule 28). */
  boolean alarmsAtOnce() {
    return alarms;
  }

  /** Where the source is good, and the session is not its own. */
  public boolean ofSession() {
    return this == MOVED || this == SESSION_OF_ANOTHER_DEVICE;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
