package tongguan.access.radius.wire;

import java.util.Optional;

/** What a packet is (RFC 2865 §3, RFC 2866 §3, RFC 5997, RFC 5176 §2.3); those that we speak. */
public enum Code {
  ACCESS_REQUEST(1),
  ACCESS_ACCEPT(2),
  ACCESS_REJECT(3),
  ACCOUNTING_REQUEST(4),
  ACCOUNTING_RESPONSE(5),
  STATUS_SERVER(12),
  DISCONNECT_REQUEST(40),
  DISCONNECT_ACK(41),
  DISCONNECT_NAK(42),
  CHANGE_REQUEST(43),
  CHANGE_ACK(44),
  CHANGE_NAK(45);

  private static final Code[] BY_NUMBER = new Code[256];

  static {
    for (Code code : values()) {
      BY_NUMBER[code.number] = code;
    }
  }

  private final int number;

  Code(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Optional<Code> of(int number) {
    return Optional.ofNullable(BY_NUMBER[number & 0xFF]);
  }

  /**
   * Whether its Request Authenticator is random, and not computed from the packet and the secret.
   */
  boolean hasRandomAuthenticator() {
    return this == ACCESS_REQUEST || this == STATUS_SERVER;
  }
}
