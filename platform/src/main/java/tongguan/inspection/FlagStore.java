package tongguan.inspection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.base.database.Sql;

/** SQL of flags; their way to the core system is in the room {@code clearance}. */
final class FlagStore {
  private final Connection connection;

  FlagStore(Connection connection) {
    this.connection = connection;
  }

  /** A flag to be put on a declaration, because this was scanned. */
  record New(UUID id, String declaration, String scanned) {}

  /**
   * Puts them all on, in one statement after one that closes what stands no longer; the
   * declarations are locked by the caller, who knows that none has a flag that stands.
   */
  void add(List<New> flags, String list, int priority, @Nullable String note) throws SQLException {
    List<String> declarations = flags.stream().map(New::declaration).toList();
    int _ =
        Sql.of(
                connection,
                "update inspection.flag set closed_at = clock_timestamp() where declaration = any (?::text[]) and closed_at is null",
                declarations)
            .update();
    int added =
        Sql.of(
                connection,
                ADD,
                list,
                priority,
                note,
                flags.stream().map(one -> one.id().toString()).toList(),
                declarations,
                flags.stream().map(New::scanned).toList())
            .update();
    if (added != flags.size()) {
      throw new IllegalStateException(added + " of " + flags.size() + " flags");
    }
  }

  private static final String ADD =
      """
      insert into inspection.flag (id, declaration, scanned, list, priority, note)
      select n.id::uuid, n.declaration, n.scanned, f.list, f.priority, f.note
      from (select ?::text, ?::smallint, ?::text) f(list, priority, note)
      cross join unnest(?::text[], ?::text[], ?::text[]) n(id, declaration, scanned)
      """;

  /** A flag as whoever wants to lift it needs to know it. */
  record Flag(UUID id, String declaration, String scanned, String kind, String reason, String by) {}

  /** Empty where there is none that this reader may see. */
  Optional<Flag> one(UUID id, Sight sight) throws SQLException {
    return Sql.of(connection, ONE, sight.districts(), sight.clearance(), id)
        .first(row ->
            new Flag(
                row.getObject("id", UUID.class),
                row.getString("declaration"),
                row.getString("scanned"),
                row.getString("kind"),
                row.getString("reason"),
                row.getString("officer_name")));
  }

  /** Whether it stands, and no lifting of it is on its way. */
  boolean stands(UUID id) throws SQLException {
    return Sql.of(connection, STANDS, id).exists();
  }

  private static final String STANDS =
      """
      select from clearance.command c
      where c.id = ? and clearance.flag_outcome(c) is null and not exists (
        select from clearance.command l
        where l.declaration = c.declaration and l.act = 'lift-flag' and (l.input ->> 'flag')::uuid = c.id
          and l.state not in ('refused', 'given-up'))
      """;

  private static final String ONE =
      """
      select f.id, f.declaration, f.scanned, c.input ->> 'kind' as kind, c.input ->> 'reason' as reason, c.officer_name
      from (select ?::int, ?::int) q(districts, clearance)
      cross join inspection.flag f
      join clearance.command c on c.id = f.id
      join record.declaration d on d.number = f.declaration
      where f.id = ? and %s
      """
          .formatted(tongguan.dossier.Seen.row("d"));
}
