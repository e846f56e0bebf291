package tongguan.access.radius.wire;

/** Types of attributes, by the names of their RFCs. */
public final class Type {
  public static final int USER_NAME = 1;
  public static final int USER_PASSWORD = 2;
  public static final int CHAP_PASSWORD = 3;
  public static final int NAS_IP_ADDRESS = 4;
  public static final int FRAMED_IP_ADDRESS = 8;
  public static final int FRAMED_IP_NETMASK = 9;
  public static final int VENDOR_SPECIFIC = 26;
  public static final int SESSION_TIMEOUT = 27;
  public static final int IDLE_TIMEOUT = 28;
  public static final int CALLED_STATION_ID = 30;
  public static final int CALLING_STATION_ID = 31;
  public static final int NAS_IDENTIFIER = 32;
  public static final int PROXY_STATE = 33;
  public static final int ACCT_STATUS_TYPE = 40;
  public static final int ACCT_DELAY_TIME = 41;
  public static final int ACCT_INPUT_OCTETS = 42;
  public static final int ACCT_OUTPUT_OCTETS = 43;
  public static final int ACCT_SESSION_ID = 44;
  public static final int ACCT_SESSION_TIME = 46;
  public static final int ACCT_TERMINATE_CAUSE = 49;
  public static final int ACCT_INPUT_GIGAWORDS = 52;
  public static final int ACCT_OUTPUT_GIGAWORDS = 53;
  public static final int EVENT_TIMESTAMP = 55;
  public static final int CHAP_CHALLENGE = 60;
  public static final int NAS_PORT_TYPE = 61;
  public static final int EAP_MESSAGE = 79;
  public static final int MESSAGE_AUTHENTICATOR = 80;
  public static final int ACCT_INTERIM_INTERVAL = 85;
  public static final int NAS_IPV6_ADDRESS = 95;
  public static final int FRAMED_IPV6_PREFIX = 97;
  public static final int ERROR_CAUSE = 101;
  public static final int FRAMED_IPV6_ADDRESS = 168;

  private Type() {}

  /** The one length that a value of this type can have; 0 where it varies. */
  static int lengthOf(int type) {
    return switch (type) {
      case NAS_IP_ADDRESS,
          FRAMED_IP_ADDRESS,
          FRAMED_IP_NETMASK,
          SESSION_TIMEOUT,
          IDLE_TIMEOUT,
          ACCT_STATUS_TYPE,
          ACCT_DELAY_TIME,
          ACCT_INPUT_OCTETS,
          ACCT_OUTPUT_OCTETS,
          ACCT_SESSION_TIME,
          ACCT_TERMINATE_CAUSE,
          ACCT_INPUT_GIGAWORDS,
          ACCT_OUTPUT_GIGAWORDS,
          EVENT_TIMESTAMP,
          NAS_PORT_TYPE,
          ACCT_INTERIM_INTERVAL,
          ERROR_CAUSE ->
          4;
      case MESSAGE_AUTHENTICATOR, NAS_IPV6_ADDRESS, FRAMED_IPV6_ADDRESS -> 16;
      case CHAP_PASSWORD -> 17;
      default -> 0;
    };
  }
}
