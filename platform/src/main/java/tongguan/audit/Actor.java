package tongguan.audit;

/**
 * Who acted, as far as it was known; what is not known is empty.
 *
 * @param account the account's id
 * @param name the log-in name, also one that was only typed
 */
public record Actor(
    String account, String name, String unit, String device, String address, String session) {

  /** The platform itself. */
  public static final Actor PLATFORM = new Actor("", "", "", "", "", "");
}
