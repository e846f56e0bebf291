package tongguan.identity;

/**
 * From where someone comes, as the server sees it.
 *
 * @param address the peer's network address
 * @param browser what the browser keeps since an account came in from it; empty for a new one
 * @param agent what the browser calls itself, shortened; shown to its owner and never decided upon
 * @param device the id of the device that was proven; empty where there is none
 * @param network the session on the private APN that carries it; empty where there is none
 */
public record Place(String address, String browser, String agent, String device, String network) {
  private static final int LONGEST_AGENT = 200;

  public Place {
    agent = agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent;
  }

  /** The same place from another browser. */
  Place in(String otherBrowser) {
    return new Place(address, otherBrowser, agent, device, network);
  }
}
