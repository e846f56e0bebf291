package tongguan.clearance;

import static tongguan.access.Permissions.CLEARANCE_READ;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
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
import tongguan.identity.Identity;
import tongguan.record.key.DeclarationNumber;
import tools.jackson.databind.JsonNode;

/** The face of the room: where a declaration stands, and what may be done with it next. */
public final class Clearance implements AutoCloseable {
  /** Commands of a declaration that its page shows. */
  private static final int LATELY = 10;

  private final Database database;
  private final Audit audit;
  private final Ids ids;
  private final Core core;
  private final Identity identity;
  private final MeterRegistry registry;

  /** Held here, because the registry does not hold what it asks. */
  private final CommandFigures figures;

  private final List<Delivery> deliveries = new ArrayList<>();
  private volatile @Nullable CommandFeed feed;

  public Clearance(
      Database database,
      Audit audit,
      Ids ids,
      Core core,
      Identity identity,
      MeterRegistry registry) {
    this.identity = identity;
    this.registry = registry;
    this.figures = new CommandFigures(database);
    Gauge.builder("command_pages", this, Clearance::pages).register(registry);
    this.database = database;
    this.audit = audit;
    this.ids = ids;
    this.core = core;
  }

  /** What officers confirm here. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    operations.addAll(ActOperation.both(ids, systems()));
    operations.addAll(ParkedOperation.both());
    return operations;
  }

  /** The core systems, as far as acts have to know of them. */
  CoreSystems systems() {
    return new ConfiguredSystems(core);
  }

  /**
   * An act that another room makes more of than its values; its permission is the caller's matter.
   */
  public Submission wish(Connection tx, Officer officer, String number, Act act, JsonNode input)
      throws SQLException {
    return Submission.of(tx, officer, systems(), number, act, input);
  }

  /** Makes it a command, and gives the command's id; in the caller's transaction. */
  public UUID submit(Connection tx, Officer officer, Submission wish) throws SQLException {
    return wish.submit(tx, officer, ids);
  }

  /** From here on commands are brought to the core systems that the settings name. */
  public void start() {
    feed = new CommandFeed(database.lane(1), identity);
    for (CoreSystem system : core.systems()) {
      figures.watch(system, registry);
      Delivery delivery = new Delivery(database, audit, system, core.time(system));
      deliveries.add(delivery);
      delivery.start();
    }
  }

  /** What pages hold on to, for them to be told of commands; from the start on. */
  CommandFeed feed() {
    CommandFeed started = feed;
    if (started == null) {
      throw Problem.unavailable("starting", 2, "系統啟動中。", "The platform is starting.");
    }
    return started;
  }

  /** How many pages are told of commands here. */
  private int pages() {
    CommandFeed started = feed;
    return started == null ? 0 : started.count();
  }

  /** Ends what is held, so that the web server can close. */
  public void leave() {
    if (feed != null) {
      feed.leave();
    }
  }

  @Override
  public void close() {
    deliveries.forEach(Delivery::close);
    if (feed != null) {
      feed.close();
    }
  }

  /** Empty where there is no such declaration that this reader may see. */
  public Optional<Standing> standing(DeclarationNumber number, Sight sight) {
    return database.query(connection -> new ClearanceStore(connection).standing(number, sight));
  }

  /** Where it stands, and what was done with it lately. */
  record Picture(Standing standing, ClearanceStore.About about, List<Command> commands) {}

  Optional<Picture> picture(DeclarationNumber number, Sight sight) {
    return database.query(connection ->
        Optional.ofNullable(
            pictures(connection, List.of(number.value()), sight).get(number.value())));
  }

  /** What bars an act that was confirmed earlier and has not been sent. */
  static List<Bar> barsNow(Connection tx, Command command) throws SQLException {
    return new ClearanceStore(tx)
        .locked(number(command.declaration()), Sight.ALL)
        // What is pending is this command itself, and so may the flag be.
        .map(now ->
            Course.bars(command.act(), now).stream()
                .filter(bar -> bar != Bar.PENDING && bar != Bar.FLAGGED_ALREADY)
                .toList())
        .orElse(List.of(Bar.OVER));
  }

  /**
   * What may be done next with each of these declarations, as {@code GET
   * /api/v1/declarations/{number}/next} tells it; those that the officer may not see are left out.
   * Three statements.
   */
  public Map<String, Map<String, @Nullable Object>> next(List<String> numbers, Officer officer) {
    Map<String, Picture> pictures =
        database.query(connection -> pictures(connection, numbers, officer.sight(CLEARANCE_READ)));
    Map<String, Map<String, @Nullable Object>> told = new LinkedHashMap<>();
    pictures.forEach((number, picture) ->
        told.put(number, ClearanceRoutes.next(number, picture, officer, systems())));
    return told;
  }

  private static Map<String, Picture> pictures(
      Connection connection, List<String> numbers, Sight sight) throws SQLException {
    ClearanceStore store = new ClearanceStore(connection);
    Map<String, Standing> standings = store.standings(numbers, sight);
    Map<String, ClearanceStore.About> abouts = store.abouts(standings.keySet());
    Map<String, List<Command>> commands =
        new CommandStore(connection)
            .of(List.copyOf(standings.keySet()), LATELY).stream()
                .collect(Collectors.groupingBy(Command::declaration));
    Map<String, Picture> pictures = new LinkedHashMap<>();
    standings.forEach((number, standing) ->
        pictures.put(
            number,
            new Picture(
                standing,
                abouts.getOrDefault(number, ClearanceStore.About.NOTHING),
                commands.getOrDefault(number, List.of()))));
    return pictures;
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
    CoreSystems systems = systems();
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
