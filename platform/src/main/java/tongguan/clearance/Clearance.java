package tongguan.clearance;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Sight;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.core.Core;
import tongguan.core.CoreSystem;
import tongguan.record.key.DeclarationNumber;

/** The face of the room: where a declaration stands, and what may be done with it next. */
public final class Clearance implements AutoCloseable {
  /** Commands of a declaration that its page shows. */
  private static final int LATELY = 10;

  private final Database database;
  private final Audit audit;
  private final Ids ids;
  private final Core core;
  private final CoreSystems systems;
  private final List<Delivery> deliveries = new ArrayList<>();

  public Clearance(Database database, Audit audit, Ids ids, Core core) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
    this.core = core;
    this.systems = new ConfiguredSystems(core);
  }

  /** What officers confirm here. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    operations.addAll(ActOperation.both(ids, systems));
    operations.addAll(ParkedOperation.both());
    return operations;
  }

  /** From here on commands are brought to the core systems that the settings name. */
  public void start() {
    for (CoreSystem system : core.systems()) {
      Delivery delivery = new Delivery(database, audit, system);
      deliveries.add(delivery);
      delivery.start();
    }
  }

  @Override
  public void close() {
    deliveries.forEach(Delivery::close);
  }

  /** Empty where there is no such declaration that this reader may see. */
  public Optional<Standing> standing(DeclarationNumber number, Sight sight) {
    return database.query(connection -> new ClearanceStore(connection).standing(number, sight));
  }

  /** Where it stands, and what was done with it lately. */
  record Picture(Standing standing, List<Command> commands) {}

  Optional<Picture> picture(DeclarationNumber number, Sight sight) {
    return database.query(connection -> {
      Optional<Standing> standing = new ClearanceStore(connection).standing(number, sight);
      return standing.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Picture(standing.get(), new CommandStore(connection).of(number.value(), LATELY)));
    });
  }

  /**
   * Where those of these declarations stand that this reader may see; nothing moves them before the
   * end of the transaction. Two statements.
   */
  public Map<String, Standing> locked(Connection tx, List<String> numbers, Sight sight)
      throws SQLException {
    return new ClearanceStore(tx).locked(numbers, sight);
  }

  /** One of many commands: its id is given by who asks, so that other rows can name it. */
  public record Wish(UUID id, String declaration, Standing now) {}

  /**
   * The core system that an act on such a declaration is for, with the officer's name there.
   *
   * @throws Problem where the platform is not connected to it, or the officer is not signed in
   *     there
   */
  public Way way(Officer officer, Act act, Standing now) {
    String system = systems.of(act, now);
    return new Way(
        system,
        systems.user(officer.session().id(), system).orElseThrow(() -> signInFirst(system)));
  }

  /** To a core system, under a name there. */
  public record Way(String system, String user) {}

  /**
   * Takes in many commands of one act in one statement; for acts that wait for no other one, after
   * what bars them was looked at under {@link #locked}.
   */
  public void submit(
      Connection tx, Officer officer, Act act, Map<String, Object> values, List<Wish> wishes)
      throws SQLException {
    List<CommandStore.New> commands = new ArrayList<>();
    for (Wish wish : wishes) {
      Way way = way(officer, act, wish.now());
      commands.add(new CommandStore.New(wish.id(), wish.declaration(), way.system(), way.user()));
    }
    new CommandStore(tx).addAll(commands, act, Json.text(values), officer);
  }

  List<Command> commands(
      @Nullable UUID officer, @Nullable String state, Sight sight, UUID before, int most) {
    return database.query(
        connection -> new CommandStore(connection).list(officer, state, sight, before, most));
  }

  static DeclarationNumber number(String typed) {
    return DeclarationNumber.parse(typed).orElseThrow(Clearance::unknown);
  }

  static Problem unknown() {
    return Problem.of(404, "unknown-declaration", "查無此報單。", "There is no such declaration.");
  }

  static Problem barred(List<Bar> bars, boolean chinese) {
    return Problem.of(
            409,
            "act-barred",
            "目前不可執行：" + String.join("、", bars.stream().map(bar -> bar.words().zh()).toList()) + "。",
            "This cannot be done now: "
                + String.join("; ", bars.stream().map(bar -> bar.words().en()).toList())
                + ".")
        .with("bars", told(bars, chinese));
  }

  static List<Map<String, String>> told(List<Bar> bars, boolean chinese) {
    return bars.stream()
        .map(bar -> Map.of("code", bar.code(), "text", bar.words().in(chinese)))
        .toList();
  }

  static Problem signInFirst(String system) {
    return Problem.of(
            409,
            "core-sign-in-needed",
            "請先登入該通關系統。",
            "Sign in at the core system first; this act is done in your name there.")
        .with("system", system);
  }
}
