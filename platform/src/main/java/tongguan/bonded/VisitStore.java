package tongguan.bonded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.base.Json;
import tongguan.base.database.Sql;
import tools.jackson.databind.JsonNode;

/** SQL of bonded checks. */
final class VisitStore {
  private final Connection connection;

  VisitStore(Connection connection) {
    this.connection = connection;
  }

  /** An officer who can be sent there: an account that holds. */
  record Sent(UUID id, String name) {}

  Optional<Sent> officer(String name) throws SQLException {
    return Sql.of(
            connection,
            """
            select id, name_zh || ' (' || name || ')' as name from identity.account
            where name = ? and ended_at is null
            """,
            name)
        .first(row -> new Sent(row.getObject("id", UUID.class), row.getString("name")));
  }

  /** Whether premises of this number are within the districts of this reader. */
  boolean reaches(String premises, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            "select where record.or_everywhere(record.place_district(?)) & ?::int <> 0",
            premises,
            sight.districts())
        .exists();
  }

  void plan(UUID id, Plan plan, Sent officer, UUID by) throws SQLException {
    Sql.of(
            connection,
            """
            insert into bonded.visit (id, premises_number, premises_name, premises_kind, company, planned_for, officer,
              officer_name, items, planned_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?)
            """,
            id,
            plan.premises().number(),
            plan.premises().name(),
            plan.premises().kind(),
            plan.company(),
            plan.plannedFor(),
            officer.id(),
            officer.name(),
            Json.text(plan.items()),
            by)
        .update();
  }

  private static final String READ =
      """
      select v.id, v.premises_number, v.premises_name, v.premises_kind, v.company, v.planned_for, v.officer,
        v.officer_name, v.items::text as items, v.result, v.closed_at, v.signer, v.remark, v.counts::text as counts,
        v.checklist::text as checklist, encode(v.report_sha256, 'hex') as report_sha256
      from bonded.visit v
      where v.districts & ?::int <> 0
      """;

  /** The newest plans first; on visit_by_plan. */
  List<Visit> list(@Nullable Boolean closed, Sight sight, UUID before, LocalDate day, int most)
      throws SQLException {
    return Sql.of(
            connection,
            READ
                + """
                and (?::boolean is null or (v.closed_at is not null) = ?::boolean)
                and (v.planned_for, v.id) < (?, ?)
                order by v.planned_for desc, v.id desc limit ?
                """,
            sight.districts(),
            closed,
            closed,
            day,
            before,
            most)
        .rows(VisitStore::visit);
  }

  Optional<Visit> one(UUID id, Sight sight) throws SQLException {
    return Sql.of(connection, READ + "and v.id = ?", sight.districts(), id)
        .first(VisitStore::visit);
  }

  /** The same, and nobody closes it before the end of the transaction. */
  Optional<Visit> locked(UUID id, Sight sight) throws SQLException {
    return Sql.of(connection, READ + "and v.id = ? for no key update of v", sight.districts(), id)
        .first(VisitStore::visit);
  }

  void close(UUID id, Findings found, UUID by, Instant at, byte[] report, String sha256)
      throws SQLException {
    Sql.of(
            connection,
            """
            update bonded.visit
            set result = ?, counts = ?::jsonb, checklist = ?::jsonb, remark = ?, signer = ?, signature = ?::jsonb,
              closed_by = ?, closed_at = ?, report = ?, report_sha256 = ?
            where id = ? and closed_at is null
            """,
            found.result(),
            Json.text(found.countsJson()),
            Json.text(found.checklistJson()),
            found.remark(),
            found.signer(),
            found.signature().json(),
            by,
            at,
            report,
            HexFormat.of().parseHex(sha256),
            id)
        .update();
  }

  Optional<byte[]> report(UUID id, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            "select report from bonded.visit where id = ? and districts & ?::int <> 0 and report is not null",
            id,
            sight.districts())
        .first(row -> row.getBytes(1));
  }

  private static Visit visit(ResultSet row) throws SQLException {
    return new Visit(
        row.getObject("id", UUID.class),
        new Plan.Premises(
            row.getString("premises_number"),
            row.getString("premises_name"),
            row.getString("premises_kind")),
        row.getString("company"),
        row.getObject("planned_for", LocalDate.class),
        row.getObject("officer", UUID.class),
        row.getString("officer_name"),
        items(Json.MAPPER.readTree(row.getString("items"))),
        row.getString("result") == null
            ? null
            : new Visit.Closed(
                row.getString("result"),
                Objects.requireNonNull(Sql.instant(row, "closed_at")),
                row.getString("signer"),
                row.getString("remark"),
                row.getString("counts"),
                row.getString("checklist"),
                row.getString("report_sha256")));
  }

  private static List<Plan.Item> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item ->
            new Plan.Item(
                item.path("code").stringValue(),
                item.path("description").stringValue(),
                item.path("unit").stringValue(),
                item.path("book").decimalValue()))
        .toList();
  }
}
