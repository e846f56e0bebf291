package tongguan.fleet.channel;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Sql;

/** All SQL of commands and what devices answered to them. */
final class CommandStore {
  /** Wakes the nodes that hold streams. */
  static final String BELL = "fleet_command";

  private final Connection connection;

  CommandStore(Connection connection) {
    this.connection = connection;
  }

  /** The device's next number; nobody else gets one until this transaction ends. */
  long next(UUID device) throws SQLException {
    return Sql.of(
            connection,
            """
            insert into fleet.command_count as c (device, number)
            select ?, coalesce(max(k.number), 0) + 1 from fleet.command k where k.device = ?
            on conflict (device) do update set number = c.number + 1
            returning number
            """,
            device,
            device)
        .first(row -> row.getLong(1))
        .orElseThrow();
  }

  /** An order to wipe that the device has not answered yet. */
  Optional<Long> waitingWipe(UUID device) throws SQLException {
    return Sql.of(
            connection,
            """
            select number from fleet.command
            where device = ? and kind = 'wipe' and outcome is null
            """,
            device)
        .first(row -> row.getLong(1));
  }

  void add(Command command, String by) throws SQLException {
    Sql.of(
            connection,
            """
            insert into fleet.command (device, number, kind, body, issued_by, ends_at, signature)
            values (?, ?, ?, ?, ?, ?::timestamptz, ?)
            """,
            command.device(),
            command.number(),
            command.kind(),
            command.body(),
            by,
            command.endsAt() == null ? null : command.endsAt().toString(),
            command.signature())
        .update();
  }

  /** Locking and unlocking that nobody has carried out, now that there is a newer word on it. */
  void supersedeLocks(UUID device) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.command set outcome = 'superseded', answered_at = clock_timestamp()
            where device = ? and outcome is null and kind in ('lock', 'unlock')
            """,
            device)
        .update();
  }

  /** Policies that nobody has carried out, now that there is another one. */
  void supersedePolicies(UUID device) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.command set outcome = 'superseded', answered_at = clock_timestamp()
            where device = ? and outcome is null and kind = 'policy'
            """,
            device)
        .update();
  }

  void ring() throws SQLException {
    Sql.of(connection, "select pg_notify(?, '')", BELL).exists();
  }

  Instant later(long seconds) throws SQLException {
    return Sql.of(
            connection,
            "select date_trunc('second', clock_timestamp()) + ? * interval '1 second' as at",
            seconds)
        .first(row -> Objects.requireNonNull(Sql.instant(row, "at")))
        .orElseThrow();
  }

  /** Some of them, with their texts. */
  List<Command> commands(List<UUID> devices, List<Long> numbers) throws SQLException {
    return Sql.of(
            connection,
            """
            select c.device, c.number, c.kind, c.body, c.ends_at, c.signature
            from unnest(?::uuid[], ?::bigint[]) q(device, number)
            join fleet.command c using (device, number)
            where (c.outcome is null or c.outcome not in ('done', 'waived'))
              and (c.ends_at is null or c.ends_at > clock_timestamp())
            order by c.device, c.kind = 'wipe' desc, c.number
            """,
            devices,
            numbers)
        .rows(CommandStore::command);
  }

  static Command command(ResultSet row) throws SQLException {
    return new Command(
        row.getObject("device", UUID.class),
        row.getLong("number"),
        row.getString("kind"),
        row.getString("body"),
        Sql.instant(row, "ends_at"),
        row.getBytes("signature"));
  }

  void sent(List<UUID> devices, List<Long> numbers) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.command c set sent_at = clock_timestamp(), sent_times = c.sent_times + 1
            from unnest(?::uuid[], ?::bigint[]) q(device, number)
            where c.device = q.device and c.number = q.number
            """,
            devices,
            numbers)
        .update();
  }

  /** A command as it stands, for its answer. */
  record Standing(String kind, String body, @Nullable String outcome) {
    /** Whether nothing that the device still says can change what became of it. */
    boolean isSettled() {
      return "done".equals(outcome) || "waived".equals(outcome);
    }
  }

  Optional<Standing> locked(UUID device, long number) throws SQLException {
    return Sql.of(
            connection,
            "select kind, body, outcome from fleet.command where device = ? and number = ? for update",
            device,
            number)
        .first(row ->
            new Standing(row.getString("kind"), row.getString("body"), row.getString("outcome")));
  }

  void answer(UUID device, long number, String outcome, String detail, byte[] signature)
      throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.command
            set outcome = ?, answer = ?, answer_signature = ?, answered_at = clock_timestamp()
            where device = ? and number = ?
            """,
            outcome,
            detail,
            signature,
            device,
            number)
        .update();
  }

  /**
   * The device has proven to be empty: earlier orders to wipe it that it had refused or failed are
   * carried out with this one, whose proof stands for them.
   */
  void settleEarlierWipes(UUID device, long number, String detail, byte[] signature)
      throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.command
            set outcome = 'done', answer = ?, answer_signature = ?, answered_at = clock_timestamp()
            where device = ? and number < ? and kind = 'wipe'
              and (outcome is null or outcome not in ('done', 'waived'))
            """,
            detail,
            signature,
            device,
            number)
        .update();
  }

  /** The timelines of losses that wait for this wipe, or an earlier one. */
  void stampLosses(UUID device, long number) throws SQLException {
    Sql.of(
            connection,
            """
            update fleet.loss_step t set acknowledged_at = clock_timestamp()
            from fleet.loss l
            where l.device = ? and t.loss = l.id and t.step = 'wipe' and t.acknowledged_at is null
              and coalesce((t.details->>'number')::bigint, 0) <= ?
            """,
            device,
            number)
        .update();
  }

  /** What has run out without an answer. */
  int expire() throws SQLException {
    return Sql.of(
            connection,
            """
            update fleet.command set outcome = 'expired', answered_at = clock_timestamp()
            where outcome is null and ends_at < clock_timestamp() - interval '5 minutes'
            """)
        .update();
  }
}
