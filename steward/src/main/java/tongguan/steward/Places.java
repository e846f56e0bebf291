package tongguan.steward;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.SysTree;
import tongguan.steward.control.NetworkRules;
import tongguan.steward.wire.PlatformAddress;

/**
 * The platform's addresses as they were last found, on disk, so that a device that starts is locked
 * with the way to the platform open before any name can be asked for. Asking is done apart from
 * locking, which must not wait.
 */
final class Places {
  private static final Logger LOG = System.getLogger("steward.places");
  private static final Pattern PLACE = Pattern.compile("(\\S+) (\\d{1,5})");
  private static final Pattern NAMESERVER =
      Pattern.compile("^nameserver\\s+([0-9a-fA-F.:]+)\\s*$", Pattern.MULTILINE);

  private final DurableFile file;
  private final Settings settings;
  private final SysTree tree;

  Places(Settings settings, SysTree tree) {
    this.file = new DurableFile(settings.state().resolve("places"));
    this.settings = settings;
    this.tree = tree;
  }

  /** Asks for the names; what cannot be found leaves what was known. */
  void refresh(List<PlatformAddress> platform) {
    TreeSet<String> found = new TreeSet<>();
    try {
      for (PlatformAddress place : platform) {
        for (InetAddress address : InetAddress.getAllByName(place.host())) {
          found.add(address.getHostAddress() + " " + place.port());
        }
      }
      String text = String.join("\n", found) + "\n";
      if (!file.readText().map(text::equals).orElse(false)) {
        file.write(text);
      }
    } catch (UnknownHostException unknown) {
      LOG.log(
          Level.WARNING, "the platform''s name is not known here now: {0}", unknown.getMessage());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "addresses are not kept: {0}", e.getMessage());
    }
  }

  NetworkRules rules() {
    return new NetworkRules(
        known(),
        settings.dhcp(),
        settings.resolvers().isEmpty() ? systemResolvers() : settings.resolvers());
  }

  DurableFile file() {
    return file;
  }

  private List<InetSocketAddress> known() {
    List<InetSocketAddress> known = new ArrayList<>();
    try {
      Matcher places = PLACE.matcher(file.readText().orElse(""));
      while (places.find()) {
        known.add(
            new InetSocketAddress(literal(places.group(1)), Integer.parseInt(places.group(2))));
      }
    } catch (IOException | IllegalArgumentException damaged) {
      LOG.log(Level.WARNING, "the list of addresses is damaged: {0}", damaged.getMessage());
    }
    return known;
  }

  private List<InetAddress> systemResolvers() {
    TreeSet<String> found = new TreeSet<>();
    for (String name : List.of("etc/resolv.conf", "run/systemd/resolve/resolv.conf")) {
      Matcher servers = NAMESERVER.matcher(tree.read(name).orElse(""));
      while (servers.find()) {
        found.add(servers.group(1));
      }
    }
    List<InetAddress> resolvers = new ArrayList<>();
    for (String address : found) {
      try {
        resolvers.add(literal(address));
      } catch (IOException notAnAddress) {
        LOG.log(Level.DEBUG, "not an address: {0}", address);
      }
    }
    return resolvers;
  }

  /** Never asks anybody. */
  private static InetAddress literal(String address) throws IOException {
    if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.%a-z0-9]*")) {
      throw new IOException("not an address: " + address);
    }
    return InetAddress.getByName(address);
  }
}
