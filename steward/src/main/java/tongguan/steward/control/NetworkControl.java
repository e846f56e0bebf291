package tongguan.steward.control;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.Limits;
import tongguan.steward.base.Program;
import tongguan.steward.base.Texts;

/**
 * The network, by a table of our own in nftables. Base chains of other tables can refuse more and
 * cannot let pass what this one drops. The table belongs to the kernel, not to this process.
 */
public final class NetworkControl implements Control {
  public static final String NAME = "network";

  private final List<String> nft;
  private final Supplier<NetworkRules> rules;
  private final Duration lease;
  private @Nullable NetworkRules applied;
  private @Nullable String listing;

  /**
   * {@code nft} is the program with what goes before it, such as the way into a namespace; {@code
   * lease} how long one unlock holds without the next.
   */
  public NetworkControl(List<String> nft, Supplier<NetworkRules> rules, Duration lease) {
    this.nft = List.copyOf(nft);
    this.rules = rules;
    this.lease = lease;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public State lock() {
    NetworkRules wanted = rules.get();
    if (wanted.equals(applied) && state() instanceof State.Locked locked) {
      return locked;
    }
    return replace(wanted, Duration.ZERO);
  }

  @Override
  public State unlock() {
    NetworkRules wanted = rules.get();
    if (wanted.equals(applied) && !(state() instanceof State.Failed)) {
      return apply(NetworkRules.renewal(lease), wanted);
    }
    return replace(wanted, lease);
  }

  private State replace(NetworkRules wanted, Duration grant) {
    listing = null;
    return apply(wanted.table(grant), wanted);
  }

  private State apply(String script, NetworkRules wanted) {
    try {
      Program.Result result = nft(script, "-f", "-");
      if (!result.succeeded()) {
        return failed("nft refused the table: " + result.out());
      }
      applied = wanted;
      if (listing == null) {
        listing = withoutGrant(list().out());
      }
      return state();
    } catch (IOException e) {
      return notRun(e);
    }
  }

  @Override
  public State state() {
    try {
      Program.Result result = list();
      if (!result.succeeded()) {
        return failed("there is no table " + NetworkRules.TABLE);
      }
      if (listing != null && !withoutGrant(result.out()).equals(listing)) {
        return failed("somebody changed the table " + NetworkRules.TABLE);
      }
      return grants(result.out()) ? new State.Unlocked() : new State.Locked();
    } catch (IOException e) {
      return notRun(e);
    }
  }

  private Program.Result list() throws IOException {
    return nft("", "-s", "list", "table", "inet", "tongguan_steward");
  }

  private static boolean grants(String listing) {
    return listing.contains("ipv4 timeout") || listing.contains("ipv6 timeout");
  }

  private static String withoutGrant(String listing) {
    return listing.replaceAll("\\s*elements = \\{ ipv[46] timeout[^}]*}", "");
  }

  private Program.Result nft(String input, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(nft);
    command.addAll(List.of(arguments));
    return Program.run(command, input);
  }

  /**
   * A machine without the program has no such control; one whose program hangs has one that failed.
   */
  private static State notRun(IOException e) {
    String why = String.valueOf(e.getMessage());
    return why.contains("error=2,") || why.contains("Cannot run program")
        ? new State.Absent("nftables is not installed")
        : failed(why);
  }

  private static State failed(String why) {
    return new State.Failed(Texts.oneLine(why.strip(), Limits.DETAIL_CHARACTERS));
  }
}
