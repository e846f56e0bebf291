package tongguan.access.operation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;
import tongguan.base.http.Call;
import tools.jackson.databind.JsonNode;

/**
 * What one person asked for and another decides: grants of roles, policy, mass exports. Never the
 * one who asked, and never the one whom it concerns. Both see request, decision and reason.
 */
public final class Requests {
  private final Database database;
  private final Audit audit;
  private final Ids ids;

  /** Filled while the house is built, before the first request. */
  private final Map<String, Operation> operations = new HashMap<>();

  public Requests(Database database, Audit audit, Ids ids) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
  }

  void know(Operation operation) {
    operations.put(operation.name(), operation);
  }

  /** A request as it stands. */
  record Request(
      UUID id,
      String operation,
      Map<String, String> parameters,
      JsonNode input,
      Texts title,
      List<Draft.Line> lines,
      String state,
      @Nullable UUID concerns,
      String reason,
      UUID requestedBy,
      String requester,
      Instant requestedAt,
      String outcome,
      @Nullable String decider,
      @Nullable Instant decidedAt,
      @Nullable String decision) {}

  /** Keeps a confirmed change until someone else decides. */
  UUID open(
      Connection tx,
      Operation operation,
      Officer officer,
      Map<String, String> parameters,
      JsonNode input,
      Draft draft,
      Call call)
      throws SQLException {
    if (draft.concerns().filter(officer.session().account()::equals).isPresent()) {
      throw Problem.of(
          403, "concerns-oneself", "不可為自己提出此要求。", "No one asks for this for themselves.");
    }
    UUID id = ids.next();
    Sql.of(
            tx,
            OPEN,
            id,
            operation.name(),
            Json.text(parameters),
            Json.text(input),
            Json.text(draft.title()),
            Json.text(draft.lines()),
            draft.state(),
            draft.concerns().orElse(null),
            Input.reason(input),
            officer.session().account(),
            Limits.REQUEST_LIFE.toHours())
        .update();
    audit.write(
        tx,
        Entry.done(
                operation.name() + ".request", officer.actor(), draft.record(), call.correlation())
            .with(Map.of("request", id.toString(), "shown", Confirmed.summary(draft))));
    return id;
  }

  private static final String OPEN =
      """
      insert into access.request (id, operation, parameters, input, title, lines, state, concerns,
        reason, requested_by, ends_at)
      values (?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?, ?, ?,
        clock_timestamp() + ? * interval '1 hour')
      """;

  private static final String READ =
      """
      select r.id, r.operation, r.parameters::text, r.input::text, r.title::text, r.lines::text,
        r.state, r.concerns, r.reason, r.requested_by, a.name as requester, r.requested_at,
        case when r.outcome = 'open' and r.ends_at <= clock_timestamp() then 'lapsed'
          else r.outcome end as outcome,
        b.name as decider, r.decided_at, r.decision
      from access.request r
      join identity.account a on a.id = r.requested_by
      left join identity.account b on b.id = r.decided_by
      """;

  private static Request request(ResultSet row) throws SQLException {
    try {
      Map<String, String> parameters = new LinkedHashMap<>();
      Json.read(row.getBytes("parameters"))
          .forEachEntry((name, value) -> parameters.put(name, value.stringValue()));
      return new Request(
          row.getObject("id", UUID.class),
          row.getString("operation"),
          parameters,
          Json.read(row.getBytes("input")),
          texts(Json.read(row.getBytes("title"))),
          Json.read(row.getBytes("lines"))
              .valueStream()
              .map(line ->
                  new Draft.Line(texts(line.path("label")), line.path("value").stringValue()))
              .toList(),
          row.getString("state"),
          row.getObject("concerns", UUID.class),
          row.getString("reason"),
          row.getObject("requested_by", UUID.class),
          row.getString("requester"),
          Objects.requireNonNull(Sql.instant(row, "requested_at")),
          row.getString("outcome"),
          row.getString("decider"),
          Sql.instant(row, "decided_at"),
          row.getString("decision"));
    } catch (Json.Malformed ownWriting) {
      throw new IllegalStateException(ownWriting);
    }
  }

  private static Texts texts(JsonNode node) {
    return new Texts(node.path("zh").stringValue(), node.path("en").stringValue());
  }

  /** One's own, and those that one may decide; the newest first. */
  public List<Map<String, @Nullable Object>> list(Officer officer, boolean chinese) {
    return database
        .query(connection -> {
          List<Request> seen = new ArrayList<>();
          for (Request request :
              Sql.of(connection, READ + "order by r.requested_at desc limit ?", Limits.PAGE_LARGEST)
                  .rows(Requests::request)) {
            if (isOf(request, officer) || mayDecide(connection, request, officer)) {
              seen.add(request);
            }
          }
          return seen;
        })
        .stream()
        .map(request -> item(request, officer, chinese))
        .toList();
  }

  private boolean mayDecide(Connection connection, Request request, Officer officer)
      throws SQLException {
    Operation operation = operations.get(request.operation());
    return operation != null
        && mayDecide(request, officer)
        && operation.isWithinReach(connection, officer, request.parameters());
  }

  private static boolean isOf(Request request, Officer officer) {
    return request.requestedBy().equals(officer.session().account());
  }

  private boolean mayDecide(Request request, Officer officer) {
    Operation operation = operations.get(request.operation());
    return operation != null
        && officer.may(operation.secondPerson())
        && officer.may(Permissions.REQUESTS_APPROVE)
        && !isOf(request, officer)
        && !officer.session().account().equals(request.concerns());
  }

  private Map<String, @Nullable Object> item(Request request, Officer officer, boolean chinese) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("id", request.id());
    item.put("operation", request.operation());
    item.put("title", request.title().in(chinese));
    item.put("lines", Confirmed.lines(request.lines(), chinese));
    item.put("wish", request.reason());
    item.put("requestedBy", request.requester());
    item.put("requestedAt", request.requestedAt());
    item.put("state", request.outcome());
    if (request.decider() != null) {
      item.put("decidedBy", request.decider());
      item.put("decidedAt", request.decidedAt());
      item.put("reason", request.decision());
    }
    Operation operation = operations.get(request.operation());
    if (operation != null && request.outcome().equals("approved") && isOf(request, officer)) {
      operation.result(request.id(), request.input()).ifPresent(path -> item.put("result", path));
    }
    item.put("mine", isOf(request, officer));
    item.put("mayDecide", request.outcome().equals("open") && mayDecide(request, officer));
    return item;
  }

  /** The decision about a request, itself a confirmed operation. */
  public Operation decision() {
    return new Decision();
  }

  private final class Decision implements Operation {
    @Override
    public String name() {
      return "request.decide";
    }

    @Override
    public String path() {
      return "/api/v1/requests/{id}/decide";
    }

    @Override
    public String need() {
      return Permissions.REQUESTS_APPROVE;
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      boolean approve = Input.flag(input, "approve");
      String reason = Input.reason(input);
      Request request = open(tx, officer, parameters);
      List<Draft.Line> lines = new java.util.ArrayList<>(request.lines());
      lines.add(new Draft.Line(new Texts("申請人", "Asked for by"), request.requester()));
      lines.add(new Draft.Line(new Texts("申請理由", "Because"), request.reason()));
      lines.add(
          new Draft.Line(new Texts("決定", "Decision"), approve ? "核准 Approved" : "駁回 Refused"));
      lines.add(new Draft.Line(new Texts("決定理由", "Reason"), reason));
      return new Draft(
          request.title(),
          lines,
          request.id() + " " + request.outcome() + " " + approve,
          "request:" + request.id(),
          Optional.empty());
    }

    private Request open(Connection tx, Officer officer, Map<String, String> parameters)
        throws SQLException {
      UUID id = Input.id(parameters.getOrDefault("id", ""), Requests::unknown);
      Request request =
          Sql.of(tx, READ + "where r.id = ? for update of r", id)
              .first(Requests::request)
              .orElseThrow(Requests::unknown);
      if (!isOf(request, officer) && !mayDecide(tx, request, officer)) {
        throw unknown();
      }
      if (!mayDecide(request, officer)) {
        throw Problem.of(
            403, "second-person", "須由第二人決定。", "This is for a second person to decide.");
      }
      if (!request.outcome().equals("open")) {
        throw Problem.of(409, "decided", "此要求已有結果。", "This request is settled already.");
      }
      return request;
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      Request request = open(tx, officer, parameters);
      boolean approve = Input.flag(input, "approve");
      Sql.of(
              tx,
              """
              update access.request
              set outcome = ?, decided_by = ?, decided_at = clock_timestamp(), decision = ?
              where id = ? and outcome = 'open'
              """,
              approve ? "approved" : "refused",
              officer.session().account(),
              Input.reason(input),
              request.id())
          .update();
      return approve ? carryOut(tx, officer, request) : Map.of("state", "refused");
    }

    private Map<String, Object> carryOut(Connection tx, Officer officer, Request request)
        throws SQLException {
      Operation operation = Objects.requireNonNull(operations.get(request.operation()));
      Draft draft = operation.draft(tx, officer, request.parameters(), request.input());
      if (!draft.state().equals(request.state())) {
        throw Problem.of(
                409,
                "confirmation",
                "資料已變更，此要求不再適用。",
                "What it rests on has changed since it was asked for; it has to be asked for again.")
            .with("why", "changed");
      }
      Map<String, Object> result =
          new LinkedHashMap<>(
              operation.applyFor(
                  tx,
                  officer,
                  new Operation.Asked(request.id(), request.requestedBy()),
                  request.parameters(),
                  request.input()));
      audit.write(
          tx,
          Entry.done(operation.name(), officer.actor(), draft.record(), request.id().toString())
              .with(
                  Map.of(
                      "request", request.id().toString(),
                      "requestedBy", request.requester(),
                      "shown", Confirmed.summary(draft))));
      result.put("state", "approved");
      return result;
    }
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-request", "查無此要求。", "There is no such request.");
  }
}
