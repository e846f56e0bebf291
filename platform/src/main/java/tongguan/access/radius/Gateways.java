package tongguan.access.radius;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.access.radius.wire.Signature;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.identity.factor.SecretBox;

/**
 * The gateways with which we share secrets. What came is looked at with what was known a second
 * ago; whether a gateway still counts is asked again with each decision.
 */
final class Gateways {
  private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);

  private final Database database;
  private final SecretBox box = new SecretBox();
  private volatile Map<InetAddress, Gateway> known = Map.of();

  Gateways(Database database) {
    this.database = database;
  }

  /** Reads the key under which secrets are sealed, and makes it where there is none. */
  void open(Path key) {
    box.open(key);
  }

  Optional<Gateway> at(InetAddress address) {
    return Optional.ofNullable(known.get(address));
  }

  /** Reads anew who they are. */
  void refresh() {
    Map<InetAddress, Gateway> found = new HashMap<>();
    for (GatewayStore.Row row : database.query(GatewayStore::enabled)) {
      unsealed(row).ifPresent(gateway -> found.put(gateway.address(), gateway));
    }
    known = Map.copyOf(found);
  }

  private Optional<Gateway> unsealed(GatewayStore.Row row) {
    try {
      return Optional.of(
          new Gateway(
              row.name(),
              row.address(),
              SharedSecret.of(box.open(row.secret())),
              row.apns(),
              Signature.Place.of(row.signing()),
              Optional.ofNullable(row.password()).map(box::open).map(Gateway.Password::new),
              row.dynamicPort()));
    } catch (Problem | IllegalArgumentException unusable) {
      LOG.warn("the secret of gateway {} cannot be opened; it is not served", row.name());
      return Optional.empty();
    }
  }

  /** One by its name, whatever the address; for orders to it. */
  Optional<Gateway> named(String name) {
    return known.values().stream().filter(gateway -> gateway.name().equals(name)).findFirst();
  }

  /**
   * What an administrator says of a gateway.
   *
   * @param password empty where devices give none
   */
  record Wanted(
      String name,
      InetAddress address,
      List<String> apns,
      Signature.Place signing,
      int dynamicPort,
      String password) {}

  /** Adds it, or puts it in the place of the one of that name; gives its new secret, once. */
  String put(Connection tx, Wanted wanted) throws SQLException {
    String secret = SharedSecret.random();
    byte[] password =
        wanted.password().isEmpty()
            ? null
            : box.seal(wanted.password().getBytes(StandardCharsets.UTF_8));
    GatewayStore.put(tx, wanted, box.seal(secret.getBytes(StandardCharsets.UTF_8)), password);
    return secret;
  }
}
