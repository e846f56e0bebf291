package tongguan.fleet.channel;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.fleet.Fleet;
import tongguan.fleet.authority.Authority;
import tongguan.fleet.authority.Certificates;
import tongguan.fleet.authority.Enrolments;
import tongguan.fleet.authority.FleetFolder;
import tongguan.fleet.authority.SigningKeys;

/** The line between the platform and its devices: who they are, what they are told and say. */
public final class Channel implements AutoCloseable {
  private final Database database;
  private final Authority authority;
  private final Certificates certificates;
  private final Enrolments enrolments;
  private final Commands commands = new Commands();
  private final Answers answers;
  private final Contacts contacts;
  private final Streams streams;
  private final Grants grants;
  private final Policies policies;
  private @Nullable Database lane;
  private @Nullable Rounds rounds;

  public Channel(Database database, Fleet fleet, Audit audit, Ids ids, Clock clock) {
    this.database = database;
    this.authority = new Authority(clock);
    this.certificates = new Certificates(database, fleet, audit, authority);
    this.enrolments = new Enrolments(database, fleet, audit, authority, certificates);
    this.answers = new Answers(database, fleet, audit);
    this.contacts = new Contacts(database, fleet, audit, certificates);
    this.streams = new Streams(database, ids, certificates);
    this.grants = new Grants(commands);
    this.policies = new Policies(database, commands, ids);
  }

  /**
   * Opens the keys that devices believe. Without it they end with the process.
   *
   * @throws StartFailure where they cannot be used, or are not those of the other nodes
   */
  public void open(FleetFolder keys) {
    authority.open(keys);
    CommandKey key = CommandKey.in(keys.commandKey());
    if (!database.query(
        connection -> SigningKeys.isOurs(connection, SigningKeys.COMMAND, key.digest()))) {
      throw StartFailure.environment(
          "The key %s is not the one that devices of this installation believe; take that of the other nodes (TONGGUAN_FLEET_KEYS)."
              .formatted(keys.commandKey()));
    }
    commands.sign(key);
  }

  public void start() {
    lane = database.lane(1);
    rounds = new Rounds(lane, streams, grants, policies);
  }

  public Authority authority() {
    return authority;
  }

  public Certificates certificates() {
    return certificates;
  }

  public Enrolments enrolments() {
    return enrolments;
  }

  public Commands commands() {
    return commands;
  }

  public Answers answers() {
    return answers;
  }

  public Contacts contacts() {
    return contacts;
  }

  public Streams streams() {
    return streams;
  }

  public Grants grants() {
    return grants;
  }

  public Policies policies() {
    return policies;
  }

  /** Ends the held streams, so that the web server can close. */
  public void leave() {
    streams.endAll();
  }

  @Override
  public void close() {
    leave();
    if (rounds != null) {
      rounds.close();
    }
    if (lane != null) {
      lane.close();
    }
  }
}
