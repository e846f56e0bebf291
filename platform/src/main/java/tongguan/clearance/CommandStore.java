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

/** SQL of commands: taken in, taken up by workers, and read by officers. */
final class CommandStore {
  private final Connection connection;

  CommandStore(Connection connection) {
    this.connection = connection;
  }

  private static final String COLUMNS =
      """
      c.id, c.declaration, c.act, c.input, c.system, c.officer, c.officer_name, c.core_user, c.confirmed_at, c.state,
        c.attempts, c.answered_at, c.reference, c.code, c.answer\
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
    return Sql.of(
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
                coreUser)
            .update()
        == 1;
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
      insert into clearance.command (id, declaration, act, input, system, officer, officer_name, unit, core_user)
      values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
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
    return Sql.of(
                connection,
                MOVE,
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
  }

  private static final String MOVE =
      """
      update clearance.command
      set state = ?, next_at = clock_timestamp() + ? * interval '1 millisecond',
        sent_at = case when ? = 'sent' then coalesce(sent_at, clock_timestamp()) else sent_at end,
        answered_at = case when ? in ('done', 'refused', 'given-up') then clock_timestamp() end,
        reference = coalesce(?, reference), code = ?, answer = ?
      where id = ? and state = ?
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
        row.getString("answer"));
  }
}
