package tongguan.access.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tongguan.access.Officer;
import tongguan.access.Sites;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Identity;
import tongguan.identity.Proof;
import tongguan.identity.Secret;
import tools.jackson.databind.JsonNode;

/**
 * What you see is what you sign: the one mechanism behind every important change.
 *
 * <p>{@code POST <path>/draft} with the input gives what would happen, in words of the server, and
 * a nonce that lives for sixty seconds. {@code POST <path>} with the same input, the nonce and the
 * password makes it: the nonce and a try are used up and committed, then the password is verified,
 * then in one transaction the draft is made anew and must have the same digest, the change is made,
 * and its audit entry and reply are stored under the idempotency key.
 */
public final class Confirmed {
  private static final Set<String> JSON = Set.of("application/json");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private final Database database;
  private final Identity identity;
  private final Audit audit;
  private final Requests requests;

  public Confirmed(Database database, Identity identity, Audit audit, Requests requests) {
    this.database = database;
    this.identity = identity;
    this.audit = audit;
    this.requests = requests;
  }

  /** The two routes of each operation. */
  public List<Route> routes(List<? extends Operation> operations) {
    List<Route> routes = new ArrayList<>();
    for (Operation operation : operations) {
      requests.know(operation);
      routes.add(
          Route.post(operation.path() + "/draft", operation.need(), call -> draft(operation, call))
              .accepting(operation.bodyBytes(), JSON));
      routes.add(
          Route.post(operation.path(), operation.need(), call -> confirm(operation, call))
              .accepting(operation.bodyBytes(), JSON));
    }
    return routes;
  }

  private void draft(Operation operation, Call call) {
    Officer officer = Officer.of(call);
    Map<String, String> parameters = parameters(operation, call);
    JsonNode input = Input.of(call);
    byte[] nonce = Arrays.copyOf(Secret.bytes(), 16);
    record Shown(Draft draft, byte[] digest) {}
    Shown shown =
        database.inTransaction(tx -> {
          Draft made =
              told(operation, officer, call, () -> operation.draft(tx, officer, parameters, input));
          byte[] digest = Digest.of(operation, officer, parameters, input, made);
          new ConfirmationStore(tx)
              .add(
                  nonce,
                  operation.name(),
                  officer.session().account(),
                  officer.session().id(),
                  digest);
          return new Shown(made, digest);
        });
    Draft draft = shown.draft();
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("confirmation", java.util.HexFormat.of().formatHex(nonce));
    reply.put("seconds", Limits.CONFIRMATION_LIFE.toSeconds());
    reply.put("title", draft.title().in(call.chinese()));
    reply.put("lines", lines(draft.lines(), call.chinese()));
    reply.put("secondPerson", !operation.secondPerson().isEmpty());
    draft.report().ifPresent(report -> reply.put("report", report.in(call.chinese())));
    if (identity.ownFactors().hasPasskey(officer.session().account())) {
      byte[] signed = Digest.signed(nonce, shown.digest());
      reply.put(
          "passkey", identity.ownFactors().proofOptions(officer.session(), signed, Sites.of(call)));
    }
    call.respondJson(200, reply);
  }

  @FunctionalInterface
  private interface Step<T> {
    T take() throws SQLException;
  }

  /**
   * A step of the operation; where it says no, that is in the audit as what was done would be. What
   * was merely mistyped (400) is not worth an entry.
   */
  private <T> T told(Operation operation, Officer officer, Call call, Step<T> step)
      throws SQLException {
    try {
      return step.take();
    } catch (Problem no) {
      if (no.status() > 400 && no.status() < 500) {
        audit.write(
            Entry.refused(operation.name(), no.code(), officer.actor(), call.correlation()));
      }
      throw no;
    }
  }

  static List<Map<String, String>> lines(List<Draft.Line> lines, boolean chinese) {
    return lines.stream()
        .map(line -> Map.of("label", line.label().in(chinese), "value", line.value()))
        .toList();
  }

  private static Map<String, String> parameters(Operation operation, Call call) {
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher names = PARAMETER.matcher(operation.path());
    while (names.find()) {
      parameters.put(names.group(1), call.pathParameter(names.group(1)));
    }
    return parameters;
  }

  private void confirm(Operation operation, Call call) {
    Officer officer = Officer.of(call);
    Map<String, String> parameters = parameters(operation, call);
    JsonNode body = Input.of(call);
    JsonNode input = body.path("input");
    if (!input.isObject()) {
      throw Input.refused("input", "object");
    }
    byte[] nonce = Input.hex(body, "confirmation", 16);
    Proof proof =
        Proof.of(body, Sites.of(call))
            .orElseThrow(() -> Input.refused("password", "password, code or credential"));
    String key = key(call);
    byte[] fingerprint = Digest.fingerprint(operation, parameters, input);
    Optional<String> known = known(officer, key, fingerprint);
    if (known.isPresent()) {
      call.respond(
          200, "application/json", known.get().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      return;
    }
    byte[] shown = use(operation, officer, nonce, call);
    if (!identity
        .verification()
        .check(
            officer.session(), proof, "confirm", Digest.signed(nonce, shown), call.correlation())) {
      throw Problem.of(
          401,
          "confirmation-refused",
          "密碼或通行金鑰不符，或已鎖定；變更未執行。",
          "The password or passkey is not right, or is locked; nothing was changed.");
    }
    String reply =
        database.inTransaction(tx ->
            make(tx, new Wish(operation, officer, parameters, input), nonce, shown, key, call));
    call.respond(200, "application/json", reply.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private record Wish(
      Operation operation, Officer officer, Map<String, String> parameters, JsonNode input) {}

  private static String key(Call call) {
    return call.header("Idempotency-Key")
        .filter(text -> text.matches("[\\x21-\\x7e]{1," + Limits.IDEMPOTENCY_KEY_CHARACTERS + "}"))
        .orElseThrow(() ->
            Problem.badRequest(
                "idempotency-key",
                "缺少 Idempotency-Key 標頭。",
                "Send an Idempotency-Key of up to 100 characters with each change."));
  }

  private Optional<String> known(Officer officer, String key, byte[] fingerprint) {
    return database
        .query(
            connection -> new ConfirmationStore(connection).reply(officer.session().account(), key))
        .map(stored -> {
          if (!Arrays.equals(stored.fingerprint(), fingerprint)) {
            throw keyReused();
          }
          return stored.reply();
        });
  }

  private static Problem keyReused() {
    return Problem.of(
        422,
        "idempotency-key-reused",
        "此 Idempotency-Key 已用於另一項要求。",
        "This Idempotency-Key belongs to another request.");
  }

  /** Uses the nonce up, once and for all. */
  private byte[] use(Operation operation, Officer officer, byte[] nonce, Call call) {
    return database
        .query(connection ->
            new ConfirmationStore(connection)
                .use(nonce, operation.name(), officer.session().account(), officer.session().id()))
        .orElseThrow(() -> {
          String why =
              database.query(connection ->
                  new ConfirmationStore(connection).why(nonce, officer.session().id()));
          return refused(operation, officer, why, call);
        });
  }

  private Problem refused(Operation operation, Officer officer, String why, Call call) {
    audit.write(
        Entry.refused(operation.name(), "confirmation", officer.actor(), call.correlation())
            .with(Map.of("why", why)));
    return Problem.of(
            409,
            "confirmation",
            "確認已失效或內容已變更；請重新檢視並確認。",
            "This confirmation does not hold: it was used, has expired, or what it showed has changed. Look at it again.")
        .with("why", why);
  }

  private String make(Connection tx, Wish wish, byte[] nonce, byte[] shown, String key, Call call)
      throws SQLException {
    Operation operation = wish.operation();
    ConfirmationStore store = new ConfirmationStore(tx);
    if (!store.isInTime(nonce)) {
      throw refused(operation, wish.officer(), "expired", call);
    }
    Draft draft =
        told(
            operation,
            wish.officer(),
            call,
            () -> operation.draft(tx, wish.officer(), wish.parameters(), wish.input()));
    byte[] now = Digest.of(operation, wish.officer(), wish.parameters(), wish.input(), draft);
    if (!Arrays.equals(now, shown)) {
      throw refused(operation, wish.officer(), "changed", call);
    }
    Map<String, Object> reply = new LinkedHashMap<>();
    if (operation.secondPerson().isEmpty()) {
      reply.put("done", true);
      reply.putAll(
          told(
              operation,
              wish.officer(),
              call,
              () -> operation.apply(tx, wish.officer(), wish.parameters(), wish.input())));
      audit.write(
          tx,
          Entry.done(operation.name(), wish.officer().actor(), draft.record(), call.correlation())
              .with(Map.of("shown", summary(draft))));
    } else {
      reply.put(
          "request",
          told(
              operation,
              wish.officer(),
              call,
              () ->
                  requests.open(
                      tx,
                      operation,
                      wish.officer(),
                      wish.parameters(),
                      wish.input(),
                      draft,
                      call)));
    }
    Map<String, Object> kept = new LinkedHashMap<>(reply);
    kept.values().removeIf(Operation.Once.class::isInstance);
    reply.replaceAll(
        (member, value) -> value instanceof Operation.Once once ? once.value() : value);
    byte[] fingerprint = Digest.fingerprint(operation, wish.parameters(), wish.input());
    if (!store.keep(wish.officer().session().account(), key, fingerprint, Json.text(kept))) {
      throw keyReused();
    }
    return Json.text(reply);
  }

  /** What was shown, for the audit. */
  public static Map<String, String> summary(Draft draft) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put("title", draft.title().en());
    draft.lines().forEach(line -> summary.put(line.label().en(), line.value()));
    return summary;
  }
}
