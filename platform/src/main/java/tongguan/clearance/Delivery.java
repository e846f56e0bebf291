package tongguan.clearance;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.audit.Actor;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.database.SqlFailure;
import tongguan.clearance.CommandStore.Taken;
import tongguan.core.Asked;
import tongguan.core.CoreSystem;
import tongguan.core.Order;
import tongguan.core.Submitted;

/**
 * Brings the commands of one core system there: what is new is submitted, and of what may have
 * arrived the core system is asked before anything is sent again. Nodes share the work by taking up
 * rows for a while; no transaction and no lock is held while a core system thinks.
 */
final class Delivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final Duration IDLE = Duration.ofMillis(250);

  private final Database database;
  private final Audit audit;
  private final CoreSystem system;
  private final Duration lease;
  private final Duration longestRest;
  private final Semaphore places = new Semaphore(Limits.COMMANDS_AT_ONCE);
  private final ExecutorService senders =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("delivery-", 0).factory());
  private volatile boolean open = true;
  private @Nullable Thread worker;

  /**
   * @param answer so long the core system may take to answer; nobody else takes up what is at work
   *     for longer
   */
  Delivery(Database database, Audit audit, CoreSystem system, Duration answer) {
    this(database, audit, system, answer, Limits.COMMAND_LONGEST_REST);
  }

  Delivery(
      Database database, Audit audit, CoreSystem system, Duration answer, Duration longestRest) {
    this.lease = answer.plus(Limits.COMMAND_LEASE_MORE);
    this.longestRest = longestRest;
    this.database = database;
    this.audit = audit;
    this.system = system;
  }

  void start() {
    worker = Thread.ofVirtual().name("delivery " + system.name()).start(this::work);
  }

  private void work() {
    while (open) {
      try {
        if (!round()) {
          Thread.sleep(IDLE);
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (SqlFailure | Problem databaseAway) {
        LOG.atWarn()
            .addKeyValue("system", system.name())
            .setCause(databaseAway)
            .log("commands wait: the database does not answer");
        if (!rested()) {
          return;
        }
      }
    }
  }

  private static boolean rested() {
    try {
      Thread.sleep(Limits.COMMAND_FIRST_REST);
      return true;
    } catch (InterruptedException stopping) {
      return false;
    }
  }

  /**
   * Takes up as much of what is due as can be brought at the same time; false where nothing was.
   */
  private boolean round() throws InterruptedException {
    places.acquire();
    int free = 1 + places.drainPermits();
    int taken = 0;
    try {
      List<Taken> due =
          database.inTransaction(tx -> new CommandStore(tx).take(system.name(), free, lease));
      taken = due.size();
      due.forEach(one -> senders.submit(() -> bringAndLeave(one)));
    } finally {
      places.release(free - taken);
    }
    return taken > 0;
  }

  private void bringAndLeave(Taken taken) {
    try {
      bring(taken);
    } catch (RuntimeException failed) {
      // Whoever takes it up after the lease asks first.
      LOG.atError()
          .addKeyValue("system", system.name())
          .setCause(failed)
          .log("a command could not be brought on");
    } finally {
      places.release();
    }
  }

  private void bring(Taken taken) {
    Command command = taken.command();
    switch (taken.before()) {
      case WAITING -> submit(command);
      case SENDING, SENT, UNKNOWN -> ask(command);
      case DONE, REFUSED, PARKED, GIVEN_UP ->
          throw new IllegalStateException(taken.before().code());
    }
  }

  private void submit(Command command) {
    if (isStopped(command)) {
      return;
    }
    Order order =
        new Order(
            command.id(),
            command.coreUser(),
            command.declaration(),
            command.act().code(),
            command.input(),
            command.confirmedAt());
    switch (system.submit(order)) {
      case Submitted.Taken arrived ->
          move(
              command,
              CommandState.SENT,
              Limits.COMMAND_FIRST_ASK,
              arrived.reference(),
              null,
              null);
      case Submitted.Refused refused ->
          move(command, CommandState.REFUSED, Duration.ZERO, null, refused.code(), refused.text());
      case Submitted.Unknown unknown -> later(command, CommandState.UNKNOWN, unknown.why());
      case Submitted.Away away -> later(command, CommandState.WAITING, away.why());
    }
  }

  /**
   * What was confirmed may have waited for long, and the declaration may have moved on: a hold
   * came, say, before the release went out. Then it is refused here. What may have arrived once is
   * asked for again instead, because what the declaration moved by may be its own effect; and it is
   * left to a person where the core system goes on to know nothing of it.
   */
  private boolean isStopped(Command command) {
    return database.inTransaction(tx -> {
      List<Bar> bars = Clearance.barsNow(tx, command);
      if (bars.isEmpty()) {
        return false;
      }
      CommandState to = CommandState.REFUSED;
      if (command.uncertain()) {
        boolean tooOften = command.attempts() >= Limits.COMMAND_BARRED_TRIES;
        to = tooOften ? CommandState.PARKED : CommandState.UNKNOWN;
      }
      if (new CommandStore(tx).move(command, to, rest(command), null, BARRED, words(bars))) {
        record(tx, command, to, BARRED);
      }
      return true;
    });
  }

  private static final String BARRED = "act-barred";

  private static String words(List<Bar> bars) {
    return String.join("、", bars.stream().map(bar -> bar.words().zh()).toList())
        + " ("
        + String.join("; ", bars.stream().map(bar -> bar.words().en()).toList())
        + ")";
  }

  private void ask(Command command) {
    switch (system.ask(command.id(), command.declaration())) {
      case Asked.Done done ->
          move(command, CommandState.DONE, Duration.ZERO, done.reference(), null, null);
      case Asked.Refused refused ->
          move(command, CommandState.REFUSED, Duration.ZERO, null, refused.code(), refused.text());
      case Asked.Working working ->
          move(command, CommandState.SENT, rest(command), null, null, null);
      case Asked.NeverSeen never ->
          move(command, CommandState.WAITING, Duration.ZERO, null, null, null);
      case Asked.Away away -> later(command, asked(command.state()), away.why());
    }
  }

  /** Of what was on its way when its sender died nobody knows whether it arrived. */
  private static CommandState asked(CommandState state) {
    return state == CommandState.SENDING ? CommandState.UNKNOWN : state;
  }

  /** Tries again after a rest that grows, or leaves it to a person after too many tries. */
  private void later(Command command, CommandState state, String why) {
    boolean tooOften = command.attempts() >= Limits.COMMAND_TRIES;
    move(command, tooOften ? CommandState.PARKED : state, rest(command), null, "core-away", why);
  }

  private Duration rest(Command command) {
    long doubled = Limits.COMMAND_FIRST_REST.toMillis() << Math.min(command.attempts(), 16);
    return Duration.ofMillis(Math.min(doubled, longestRest.toMillis()));
  }

  private void move(
      Command command,
      CommandState to,
      Duration again,
      @Nullable String reference,
      @Nullable String code,
      @Nullable String answer) {
    database.inTransaction(tx -> {
      boolean moved = new CommandStore(tx).move(command, to, again, reference, code, answer);
      if (moved && to != command.state()) {
        record(tx, command, to, code);
      }
      return moved;
    });
  }

  private void record(Connection tx, Command command, CommandState to, @Nullable String code)
      throws SQLException {
    if (to == CommandState.WAITING || to == CommandState.UNKNOWN) {
      return;
    }
    Actor platform = new Actor("", "platform", "", "", "", "");
    Entry entry =
        to == CommandState.REFUSED
            ? Entry.refused("command", code == null ? "" : code, platform, command.id().toString())
            : Entry.done("command", platform, "", command.id().toString());
    audit.write(
        tx,
        entry
            .about("declaration:" + command.declaration())
            .with(
                Map.of(
                    "command", command.id().toString(),
                    "act", command.act().code(),
                    "system", command.system(),
                    "state", to.code(),
                    "officer", command.officerName())));
  }

  /** Lets what is on its way arrive; what is not back by then is asked for by the next node. */
  @Override
  public void close() {
    open = false;
    if (worker != null) {
      worker.interrupt();
    }
    senders.close();
  }
}
