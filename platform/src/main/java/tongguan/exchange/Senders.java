package tongguan.exchange;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.exchange.SenderStore.Registered;
import tongguan.exchange.message.Arrival;
import tongguan.exchange.message.Rejection;

/** Who may send, and in whose name. Asked of the primary for every transmission. */
public final class Senders {
  private static final byte[] NOBODY = new byte[32];

  private final Database database;

  public Senders(Database database) {
    this.database = database;
  }

  /** The senders of one moment, and which of them is speaking. */
  record Trust(Sender carrier, Map<String, Registered> all) {

    /** In whose name a message speaks; the carrier's where it does not say. */
    String sourceOf(Arrival arrival) {
      return arrival.sender() == null ? carrier.id() : arrival.sender();
    }

    /** A registered source's own rank, else that of those who usually tell such things. */
    int rankOf(String source, String kind) {
      Registered registered = all.get(source);
      return registered == null ? usualRank(kind) : registered.sender().rank();
    }

    private static int usualRank(String kind) {
      return switch (kind) {
        case "CUSCAR", "BAPLIE" -> 1;
        case "CODECO", "COARRI", "container-movement" -> 2;
        default -> 3;
      };
    }

    /** Why the carrier may not bring this message, or nothing. */
    Optional<Rejection> objection(String source, String kind) {
      if (!carrier.relay() && !source.equals(carrier.id())) {
        return Optional.of(
            Rejection.at(
                "sender", "foreign-sender", source, "the sender's own id " + carrier.id()));
      }
      Registered registered = all.get(source);
      if (registered != null && !registered.sender().enabled()) {
        return Optional.of(Rejection.at("sender", "sender-disabled", source, "a sender in use"));
      }
      boolean mayTell =
          carrier.mayTell(kind) && (registered == null || registered.sender().mayTell(kind));
      return mayTell
          ? Optional.empty()
          : Optional.of(
              Rejection.at(
                  "kind", "kind-not-permitted", kind, "a kind that " + source + " may tell"));
    }
  }

  /**
   * @throws Problem 401, the same for an unknown sender, a wrong secret and a disabled one
   */
  Trust authenticate(String authorization) {
    Map<String, Registered> all = database.query(connection -> new SenderStore(connection).all());
    Optional<Credential> shown = Credential.ofHeader(authorization);
    Optional<Registered> known = shown.map(credential -> all.get(credential.sender()));
    boolean right =
        shown
            .orElse(new Credential("nobody", "nothing"))
            .matches(known.map(Registered::secretDigest).orElse(NOBODY));
    if (!right || known.filter(sender -> sender.sender().enabled()).isEmpty()) {
      throw Problem.of(
          401, "credential", "發送系統的憑證無效。", "The sending system's credential is not valid.");
    }
    return new Trust(known.get().sender(), all);
  }

  /** For messages that are in the database already: what brought them is trusted as it is today. */
  Optional<Trust> trustIn(String carrier) {
    return database.query(connection -> trustIn(connection, carrier));
  }

  /** The same on a connection that is held already. */
  Optional<Trust> trustIn(Connection connection, String carrier) throws SQLException {
    Map<String, Registered> all = new SenderStore(connection).all();
    return Optional.ofNullable(all.get(carrier))
        .map(registered -> new Trust(registered.sender(), all));
  }

  /** Whether a credential would be let in. */
  boolean accepts(Credential credential) {
    return Optional.ofNullable(
            database
                .query(connection -> new SenderStore(connection).all())
                .get(credential.sender()))
        .filter(known -> known.sender().enabled() && credential.matches(known.secretDigest()))
        .isPresent();
  }

  public List<Sender> list() {
    return database.query(connection ->
        new SenderStore(connection).all().values().stream().map(Registered::sender).toList());
  }

  /**
   * Adds a sender, or renews the secret of one that is there. The credential is shown only here.
   */
  public Credential add(Sender sender) {
    Credential credential = Credential.make(sender.id());
    database.inTransaction(connection -> {
      new SenderStore(connection).put(sender, credential.digest());
      return sender;
    });
    return credential;
  }

  /** A system whose messages the platform fetches by itself; only {@link #own} makes one. */
  public static final class Own {
    private final String id;

    private Own(String id) {
      this.id = id;
    }

    String id() {
      return id;
    }
  }

  /**
   * The sender under which messages of a core system are stored that we fetch: trusted as such, and
   * for itself only. Registered on first use, under a credential that nobody has; one that is there
   * stays as it is, so that an operator can shut it off.
   */
  public Own own(String id, String nameZh, String nameEn) {
    database.inTransaction(connection ->
        new SenderStore(connection)
            .addAbsent(
                new Sender(id, nameZh, nameEn, 3, false, null, true),
                Credential.make(id).digest()));
    return new Own(id);
  }

  /** Whether there is such a sender. */
  public boolean setEnabled(String id, boolean enabled) {
    return database.inTransaction(
        connection -> new SenderStore(connection).setEnabled(id, enabled));
  }
}
