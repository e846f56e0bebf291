package tongguan.clearance;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Sight;
import tongguan.base.database.Sql;
import tongguan.record.StepKind;

/** SQL of commands: taken in, taken up by workers, and read by officers. */
final class CommandStore {
  private final Connection connection;

  CommandStore(Connection connection) {
    this.connection = connection;
  }

  /** Rung at the commit of each change, with the command's id. */
  static final String BELL = "clearance_command";

  private void ring(UUID command) throws SQLException {
    boolean _ = Sql.of(connection, "select pg_notify(?, ?)", BELL, command.toString()).exists();
  }

  private static final String COLUMNS =
      """
      c.id, c.declaration, c.act, c.input, c.system, c.officer, c.officer_name, c.core_user, c.confirmed_at, c.state,
        c.attempts, c.answered_at, c.reference, c.code, c.answer, c.uncertain\
      """;

  /** False where another act of the declaration is still open. */
  boolean add(
      UUID id,
      String declaration,
      Act act,
      String input,
      String system,
      Officer officer,
      String coreUser)
      throws SQLException {
    StepKind step = Objects.requireNonNull(act.told());
    boolean added =
        Sql.of(
                    connection,
                    ADD,
                    id,
                    declaration,
                    act.code(),
                    input,
                    system,
                    officer.session().account(),
                    officer.session().name(),
                    officer.session().unit(),
                    coreUser,
                    step.code(),
                    declaration,
                    step.code())
                .update()
            == 1;
    if (added) {
      ring(id);
    }
    return added;
  }

  /** One of many commands of one act. */
  record New(UUID id, String declaration, String system, String coreUser) {}

  /** Many at once, in one statement; acts that wait for no other one only. */
  void addAll(List<New> commands, Act act, String input, Officer officer) throws SQLException {
    int added =
        Sql.of(
                connection,
                ADD_ALL,
                act.code(),
                input,
                officer.session().account(),
                officer.session().name(),
                officer.session().unit(),
                commands.stream().map(one -> one.id().toString()).toList(),
                commands.stream().map(New::declaration).toList(),
                commands.stream().map(New::system).toList(),
                commands.stream().map(New::coreUser).toList())
            .update();
    if (added != commands.size()) {
      throw new IllegalStateException(added + " of " + commands.size() + " commands");
    }
    boolean _ =
        Sql.of(
                connection,
                "select pg_notify(?, id) from unnest(?::text[]) n(id)",
                BELL,
                commands.stream().map(one -> one.id().toString()).toList())
            .exists();
  }

  private static final String ADD_ALL =
      """
      insert into clearance.command (id, declaration, act, input, system, officer, officer_name, unit, core_user)
      select n.id::uuid, n.declaration, f.act, f.input, n.system, f.officer, f.name, f.unit, n.core_user
      from (select ?::text, ?::jsonb, ?::uuid, ?::text, ?::text) f(act, input, officer, name, unit)
      cross join unnest(?::text[], ?::text[], ?::text[], ?::text[]) n(id, declaration, system, core_user)
      """;

  private static final String ADD =
      """
      insert into clearance.command (id, declaration, act, input, system, officer, officer_name, unit, core_user, step,
        steps_before)
      values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?,
        (select count(*) from record.step s where s.declaration = ? and s.step = ?))
      on conflict (declaration)
        where state in ('waiting', 'sending', 'sent', 'unknown', 'parked')
          and act not in ('hold', 'seize', 'flag', 'lift-flag')
        do nothing
      """;

  /** What a worker took up, and how it stood before. */
  record Taken(Command command, CommandState before) {}

  /**
   * Takes up what is due for a core system, so that nobody else does before the lease is over: on
   * the index {@code command_due}.
   */
  List<Taken> take(String system, int most, Duration lease) throws SQLException {
    return Sql.of(connection, TAKE, system, most, (int) lease.toSeconds())
        .rows(row -> new Taken(command(row), CommandState.of(row.getString("before"))));
  }

  private static final String TAKE =
      """
      with due as (
        select id from clearance.command
        where system = ? and next_at <= clock_timestamp() and state in ('waiting', 'sending', 'sent', 'unknown')
        order by next_at limit ?
        for update skip locked)
      update clearance.command c
      set state = case c.state when 'waiting' then 'sending' else c.state end,
        uncertain = c.uncertain or c.state = 'sending',
        attempts = c.attempts + 1, next_at = clock_timestamp() + ? * interval '1 second'
      from due where c.id = due.id
      returning %s, old.state as before
      """
          .formatted(COLUMNS);

  /**
   * Moves a command on, unless somebody else did meanwhile.
   *
   * @param again when a worker may take it up next
   */
  boolean move(
      Command command,
      CommandState to,
      Duration again,
      @Nullable String reference,
      @Nullable String code,
      @Nullable String answer)
      throws SQLException {
    boolean moved =
        Sql.of(
                    connection,
                    MOVE,
                    to.code(),
                    to.code(),
                    again.toMillis(),
                    to.code(),
                    to.code(),
                    reference,
                    code,
                    answer,
                    command.id(),
                    command.state().code())
                .update()
            == 1;
    if (moved) {
      ring(command.id());
    }
    return moved;
  }

  private static final String MOVE =
      """
      update clearance.command
      set state = ?, uncertain = uncertain or ? in ('sent', 'unknown', 'done'), next_at = clock_timestamp() + ? * interval '1 millisecond',
        sent_at = case when ? = 'sent' then coalesce(sent_at, clock_timestamp()) else sent_at end,
        answered_at = case when ? in ('done', 'refused', 'given-up') then clock_timestamp() end,
        reference = coalesce(?, reference), code = ?, answer = ?
      where id = ? and state = ?
      """;

  /** A person wants it sent again: tried as often as a new one, and asked for first. */
  boolean again(Command command, String reason) throws SQLException {
    boolean moved = Sql.of(connection, AGAIN, reason, command.id()).update() == 1;
    ring(command.id());
    return moved;
  }

  private static final String AGAIN =
      """
      update clearance.command set state = 'unknown', attempts = 0, next_at = clock_timestamp(), answer = ?
      where id = ? and state = 'parked'
      """;

  /** Of an officer, or of all whom the reader may see, the newest first. */
  List<Command> list(
      @Nullable UUID officer, @Nullable String state, Sight sight, UUID before, int most)
      throws SQLException {
    return Sql.of(
            connection,
            LIST,
            sight.districts(),
            sight.clearance(),
            officer,
            officer,
            state,
            state,
            before,
            most)
        .rows(CommandStore::command);
  }

  private static final String LIST =
      """
      select %s
      from (select ?::int, ?::int) q(districts, clearance)
      cross join clearance.command c
      join record.declaration d on d.number = c.declaration
      where (?::uuid is null or c.officer = ?::uuid) and (?::text is null or c.state = ?::text) and c.id < ?
        and d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      order by c.id desc limit ?
      """
          .formatted(COLUMNS);

  List<Command> of(String declaration, int most) throws SQLException {
    return Sql.of(
            connection,
            "select %s from clearance.command c where c.declaration = ? order by c.id desc limit ?"
                .formatted(COLUMNS),
            declaration,
            most)
        .rows(CommandStore::command);
  }

  /** A command with what decides who may see it. */
  record Seen(Command command, int districts, int classification) {}

  /** Some of them; by the primary keys of both tables. */
  List<Seen> seen(List<UUID> ids) throws SQLException {
    Object array = connection.createArrayOf("uuid", ids.toArray());
    return Sql.of(connection, SEEN, array)
        .rows(row -> new Seen(command(row), row.getInt("districts"), row.getInt("classification")));
  }

  private static final String SEEN =
      """
      select %s, d.districts, greatest(d.classification, d.raised) as classification
      from clearance.command c
      join record.declaration d on d.number = c.declaration
      where c.id = any (?)
      order by c.id
      """
          .formatted(COLUMNS);

  /** The act of a declaration that bars others: on the index {@code command_open}. */
  Optional<Command> open(String declaration) throws SQLException {
    return Sql.of(connection, OPEN, declaration).first(CommandStore::command);
  }

  private static final String OPEN =
      """
      select %s from clearance.command c
      where c.declaration = ? and c.state in ('waiting', 'sending', 'sent', 'unknown', 'parked')
        and c.act not in ('hold', 'seize', 'flag', 'lift-flag')
      """
          .formatted(COLUMNS);

  /** The newest of each of these declarations: on the index {@code command_of_declaration}. */
  List<Command> of(List<String> declarations, int most) throws SQLException {
    return Sql.of(connection, OF_ALL, declarations, most).rows(CommandStore::command);
  }

  private static final String OF_ALL =
      """
      select %s
      from unnest(?::text[]) asked(number)
      cross join lateral (
        select * from clearance.command one where one.declaration = asked.number order by one.id desc limit ?) c
      order by c.id desc
      """
          .formatted(COLUMNS);

  Optional<Command> one(UUID id, Sight sight) throws SQLException {
    return Sql.of(connection, ONE, sight.districts(), sight.clearance(), id)
        .first(CommandStore::command);
  }

  private static final String ONE =
      """
      select %s
      from (select ?::int, ?::int) q(districts, clearance)
      cross join clearance.command c
      join record.declaration d on d.number = c.declaration
      where c.id = ? and d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      for no key update of c
      """
          .formatted(COLUMNS);

  private static Command command(ResultSet row) throws SQLException {
    return new Command(
        row.getObject("id", UUID.class),
        row.getString("declaration"),
        Act.of(row.getString("act")).orElseThrow(),
        row.getString("input"),
        row.getString("system"),
        row.getObject("officer", UUID.class),
        row.getString("officer_name"),
        row.getString("core_user"),
        Objects.requireNonNull(Sql.instant(row, "confirmed_at")),
        CommandState.of(row.getString("state")),
        row.getInt("attempts"),
        Sql.instant(row, "answered_at"),
        row.getString("reference"),
        row.getString("code"),
        row.getString("answer"),
        row.getBoolean("uncertain"));
  }
}
