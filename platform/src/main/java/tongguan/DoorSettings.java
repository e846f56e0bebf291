package tongguan;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tongguan.base.StartFailure;
import tongguan.base.http.Network;

/**
 * The door with TLS, from the command line and the environment.
 *
 * @param address where it listens
 * @param names under which it is reached, small; empty: those in the certificate
 * @param files certificate and key; without them the platform's own authority makes both
 * @param balancers from whose addresses the PROXY protocol is demanded, and believed
 */
record DoorSettings(
    InetSocketAddress address, List<String> names, Optional<Files> files, List<Network> balancers) {
  static final String CERTIFICATE = "TONGGUAN_TLS_CERTIFICATE";
  static final String KEY = "TONGGUAN_TLS_KEY";
  static final String BALANCERS = "TONGGUAN_BALANCERS";

  private static final String HOST_NAME = "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?";

  /** Two files in PEM. */
  record Files(Path certificate, Path key) {}

  /**
   * @param tls of {@code --tls ADDRESS:PORT}; empty without it
   * @param names of {@code --name HOST}, as often as it was given
   */
  static Optional<DoorSettings> of(
      Optional<String> tls, List<String> names, Map<String, String> environment) {
    Optional<Files> files = files(environment);
    List<Network> balancers = balancers(environment.getOrDefault(BALANCERS, ""));
    if (tls.isEmpty()) {
      refuseWithout(names, files, balancers);
      return Optional.empty();
    }
    if (names.isEmpty() && files.isEmpty()) {
      throw StartFailure.usage(
          "run: --tls needs --name HOST, under which devices reach this server, or a certificate of its own in %s."
              .formatted(CERTIFICATE));
    }
    return Optional.of(
        new DoorSettings(
            address(tls.get()),
            names.stream().map(DoorSettings::name).distinct().toList(),
            files,
            balancers));
  }

  private static void refuseWithout(
      List<String> names, Optional<Files> files, List<Network> balancers) {
    String given =
        !names.isEmpty()
            ? "--name"
            : files.isPresent() ? CERTIFICATE : balancers.isEmpty() ? "" : BALANCERS;
    if (!given.isEmpty()) {
      throw StartFailure.usage("run: " + given + " means nothing without --tls ADDRESS:PORT.");
    }
  }

  private static Optional<Files> files(Map<String, String> environment) {
    String certificate = environment.getOrDefault(CERTIFICATE, "").strip();
    String key = environment.getOrDefault(KEY, "").strip();
    if (certificate.isEmpty() != key.isEmpty()) {
      throw StartFailure.usage(
          "run: " + CERTIFICATE + " and " + KEY + " go together; one of them is not set.");
    }
    try {
      return certificate.isEmpty()
          ? Optional.empty()
          : Optional.of(new Files(Path.of(certificate), Path.of(key)));
    } catch (InvalidPathException e) {
      throw StartFailure.usage("run: \"" + e.getInput() + "\" is not a path.");
    }
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      if (colon > 0) {
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        int port = Integer.parseInt(text.substring(colon + 1));
        InetAddress address =
            InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host);
        if (port >= 0 && port <= 65535 && bracketed == host.contains(":")) {
          return new InetSocketAddress(address, port);
        }
      }
    } catch (IllegalArgumentException neither) {
      // answered below
    }
    throw StartFailure.usage(
        "run: --tls \"%s\" is not an address and a port such as 0.0.0.0:8443 or [::]:8443."
            .formatted(text));
  }

  private static String name(String given) {
    String name = given.toLowerCase(Locale.ROOT);
    if (name.matches(HOST_NAME) || isAddress(name)) {
      return name;
    }
    throw StartFailure.usage(
        "run: --name \"" + given + "\" is neither a host name nor an address.");
  }

  private static boolean isAddress(String name) {
    try {
      return InetAddress.ofLiteral(name).getAddress().length > 0;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private static List<Network> balancers(String text) {
    List<Network> balancers = new ArrayList<>();
    for (String one : text.strip().split("[,\\s]+", -1)) {
      if (!one.isEmpty()) {
        balancers.add(
            Network.parse(one)
                .orElseThrow(() ->
                    StartFailure.usage(
                        "run: %s \"%s\" is not a network such as 10.0.0.0/29 or 10.0.0.5/32."
                            .formatted(BALANCERS, one))));
      }
    }
    return balancers;
  }
}
