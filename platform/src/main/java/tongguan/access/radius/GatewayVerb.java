package tongguan.access.radius;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.access.radius.wire.Signature;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;

/** The verb {@code gateway}: the operator's gateways, before there is anyone to enter them. */
public final class GatewayVerb {
  private final Database database;
  private final Gateways gateways;
  private final Audit audit;
  private final PrintStream out;

  private GatewayVerb(Database database, Gateways gateways, Audit audit, PrintStream out) {
    this.database = database;
    this.gateways = gateways;
    this.audit = audit;
    this.out = out;
  }

  /**
   * @param words {@code add NAME --address A --apn N[,N] [--dynamic-port N] [--signing
   *     first|anywhere|access] [--password-file F]}, {@code list} or {@code disable NAME}
   * @param data the folder that holds the key of secrets
   */
  public static int run(
      List<String> words, Path data, Database database, Audit audit, PrintStream out) {
    Gateways gateways = new Gateways(database);
    GatewayVerb verb = new GatewayVerb(database, gateways, audit, out);
    return switch (words.isEmpty() ? "" : words.getFirst()) {
      case "add" -> {
        gateways.open(data.resolve(Radius.KEY));
        yield verb.add(words.subList(1, words.size()));
      }
      case "list" -> verb.list();
      case "disable" -> verb.disable(words);
      default -> throw usage("it takes add NAME, list or disable NAME");
    };
  }

  private int add(List<String> words) {
    if (words.isEmpty() || !PutGateway.isName(words.getFirst())) {
      throw usage("a name has 1 to 40 of a-z, 0-9, dot and dash");
    }
    Optional<java.net.InetAddress> address = Optional.empty();
    List<String> apns = List.of();
    int port = PutGateway.DYNAMIC_PORT;
    Signature.Place signing = Signature.Place.FIRST;
    String password = "";
    for (int i = 1; i < words.size(); i += 2) {
      String value = i + 1 < words.size() ? words.get(i + 1) : "";
      if (value.isBlank()) {
        throw usage(words.get(i) + " needs a value");
      }
      switch (words.get(i)) {
        case "--address" -> address = PutGateway.address(value);
        case "--apn" -> apns = apns(value);
        case "--dynamic-port" -> port = port(value);
        case "--signing" -> signing = signing(value);
        case "--password-file" -> password = contents(value);
        default -> throw usage("add does not know \"" + words.get(i) + '"');
      }
    }
    if (address.isEmpty() || apns.isEmpty()) {
      throw usage(
          "add needs --address, an IPv4 or IPv6 address, and --apn, the names that are ours");
    }
    Gateways.Wanted wanted =
        new Gateways.Wanted(words.getFirst(), address.get(), apns, signing, port, password);
    out.println(stored(wanted));
    out.println(
        "This is shown only once: enter the line above as the shared secret at "
            + wanted.name()
            + ".");
    return 0;
  }

  private String stored(Gateways.Wanted wanted) {
    return database.inTransaction(tx -> {
      Optional<String> there = GatewayStore.nameAt(tx, wanted.address());
      if (there.isPresent() && !there.get().equals(wanted.name())) {
        throw StartFailure.environment("Gateway " + there.get() + " has this address already.");
      }
      audit.write(
          tx,
          Entry.done("network.gateway", Actor.PLATFORM, "gateway:" + wanted.name(), "")
              .with(
                  Map.of(
                      "address", wanted.address().getHostAddress(),
                      "apns", wanted.apns(),
                      "signing", wanted.signing().code())));
      return gateways.put(tx, wanted);
    });
  }

  private static List<String> apns(String value) {
    List<String> apns = Arrays.stream(value.split(",", -1)).map(Gateway::apn).distinct().toList();
    if (apns.size() > PutGateway.APNS || !apns.stream().allMatch(PutGateway::isApn)) {
      throw usage("--apn takes up to " + PutGateway.APNS + " names of access points");
    }
    return apns;
  }

  private static int port(String value) {
    if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 65_535) {
      throw usage("--dynamic-port is a number from 1 to 65535");
    }
    return Integer.parseInt(value);
  }

  private static Signature.Place signing(String value) {
    return Arrays.stream(Signature.Place.values())
        .filter(place -> place.code().equals(value))
        .findFirst()
        .orElseThrow(() -> usage("--signing is first, anywhere or access"));
  }

  private static String contents(String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw StartFailure.environment("The file " + file + " cannot be read.");
    }
  }

  private int list() {
    for (GatewayStore.Shown gateway : database.query(GatewayStore::all)) {
      out.printf(
          "%s  %s  %s  Message-Authenticator %s  Disconnect to %d  %d live%s%n",
          gateway.name(),
          gateway.address(),
          String.join(",", gateway.apns()),
          gateway.signing(),
          gateway.dynamicPort(),
          gateway.live(),
          gateway.enabled() ? "" : "  disabled");
    }
    return 0;
  }

  private int disable(List<String> words) {
    if (words.size() != 2) {
      throw usage("disable needs one name");
    }
    boolean done =
        database.inTransaction(tx -> {
          boolean disabled = GatewayStore.disable(tx, words.get(1));
          if (disabled) {
            audit.write(
                tx,
                Entry.done(
                    "network.gateway-disable", Actor.PLATFORM, "gateway:" + words.get(1), ""));
          }
          return disabled;
        });
    if (!done) {
      throw StartFailure.environment("There is no enabled gateway \"" + words.get(1) + "\".");
    }
    return 0;
  }

  private static StartFailure usage(String what) {
    return StartFailure.usage("gateway: " + what + " (see gateway --help).");
  }
}
