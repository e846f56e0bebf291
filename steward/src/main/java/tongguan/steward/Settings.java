package tongguan.steward;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tongguan.steward.base.Limits;

/**
 * The site's settings, lines of {@code name = value}; what is left out is as it should be on an
 * officer's notebook.
 *
 * @param state where keys and records lie
 * @param port of the gateway on 127.0.0.1
 * @param lease how long an open device stays open without a word from the platform
 * @param dhcp whether DHCP passes while locked
 * @param resolvers who may be asked for names while locked; empty: those of the system
 * @param keptUsb devices ({@code vendor:product}) that stay open, such as a modem
 * @param position whether heartbeats may say where the device is
 * @param wipeFolders what a wipe removes besides the store
 * @param systemBus address of the system's D-Bus
 * @param nft the program, with what goes before it
 * @param root of the kernel's files
 */
record Settings(
    Path state,
    int port,
    Duration lease,
    boolean dhcp,
    List<InetAddress> resolvers,
    Set<String> keptUsb,
    boolean position,
    List<Path> wipeFolders,
    String systemBus,
    List<String> nft,
    Path root) {

  static final Path USUAL = Path.of("/etc/tongguan-steward/steward.conf");

  /** A setting is wrong; the message says which and why. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String sentence) {
      super(sentence, null, false, false);
    }
  }

  static Settings read(Path file) throws Wrong {
    Map<String, String> given = new LinkedHashMap<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        if (!line.isBlank() && !line.strip().startsWith("#")) {
          String[] parts = line.split("=", 2);
          if (parts.length != 2 || given.put(parts[0].strip(), parts[1].strip()) != null) {
            throw new Wrong(
                file + ": \"" + line.strip() + "\" is not \"name = value\", or is there twice.");
          }
        }
      }
    } catch (IOException e) {
      throw new Wrong(file + " cannot be read: " + e.getMessage());
    }
    Settings settings =
        new Settings(
            Path.of(taken(given, "state", "/var/lib/tongguan-steward")),
            (int) number(given, "gateway.port", 8480, 0, 65535),
            Duration.ofSeconds(number(given, "lease", Limits.LEASE.toSeconds(), 5, 3600)),
            yes(given, "network.dhcp", true),
            addresses(taken(given, "network.resolvers", "")),
            Set.copyOf(words(taken(given, "usb.keep", ""))),
            yes(given, "position", false),
            words(taken(given, "wipe.folders", "")).stream().map(Path::of).toList(),
            taken(given, "bus.system", "unix:path=/run/dbus/system_bus_socket"),
            List.of(taken(given, "nft", "/usr/sbin/nft").split(" ")),
            Path.of(taken(given, "root", "/")));
    if (!given.isEmpty()) {
      throw new Wrong(file + " does not know \"" + given.keySet().iterator().next() + "\".");
    }
    return settings;
  }

  private static String taken(Map<String, String> given, String name, String otherwise) {
    String value = given.remove(name);
    return value == null ? otherwise : value;
  }

  private static boolean yes(Map<String, String> given, String name, boolean otherwise)
      throws Wrong {
    return switch (taken(given, name, otherwise ? "yes" : "no")) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new Wrong(name + " is yes or no.");
    };
  }

  private static long number(
      Map<String, String> given, String name, long otherwise, long least, long most) throws Wrong {
    String text = taken(given, name, Long.toString(otherwise));
    if (text.matches("[0-9]{1,9}")
        && Long.parseLong(text) >= least
        && Long.parseLong(text) <= most) {
      return Long.parseLong(text);
    }
    throw new Wrong(name + " is a number from " + least + " to " + most + ".");
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[,\\s]+", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toList());
  }

  private static List<InetAddress> addresses(String text) throws Wrong {
    List<InetAddress> addresses = new ArrayList<>();
    for (String word : words(text)) {
      if (!word.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
        throw new Wrong("network.resolvers are addresses, and \"" + word + "\" is none.");
      }
      try {
        addresses.add(InetAddress.getByName(word));
      } catch (UnknownHostException notAnAddress) {
        throw new Wrong("network.resolvers are addresses, and \"" + word + "\" is none.");
      }
    }
    return addresses;
  }
}
