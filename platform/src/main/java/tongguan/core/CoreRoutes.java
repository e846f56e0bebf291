package tongguan.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tongguan.access.Cookies;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Refusals;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.identity.Guessing;
import tongguan.record.key.DeclarationNumber;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/** The core systems as an officer meets them: how they are, signing in there, and looking up. */
public final class CoreRoutes {
  /** Longer than any system's own; what is longer is refused here and not cut. */
  private static final int LONGEST = 200;

  private static final int AGAIN_SECONDS = 10;

  private final Core core;
  private final Database database;
  private final Audit audit;
  private final Clock clock;

  public CoreRoutes(Core core, Database database, Audit audit, Clock clock) {
    this.core = core;
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/core", Permissions.SIGNED_IN, this::list),
        Route.post("/api/v1/core/{system}/sign-in", Permissions.SIGNED_IN, this::signIn),
        Route.post("/api/v1/core/{system}/sign-out", Permissions.SIGNED_IN, this::signOut),
        Route.get(
            "/api/v1/core/{system}/declarations/{+number}",
            Permissions.RECORD_READ,
            this::declaration));
  }

  private void list(Call call) {
    Officer officer = Officer.of(call);
    Map<String, CoreSessions.Shown> mine = core.sessions().of(officer.session().id());
    Map<String, Instant> events = core.eventsAt();
    List<Map<String, Object>> items = new ArrayList<>();
    for (CoreSystem system : core.systems()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("system", system.name());
      item.put("title", core.title(system).in(officer.chinese()));
      health(item, system.health());
      Instant told = events.get(system.name());
      if (told != null) {
        item.put("lastEventsAt", told);
      }
      CoreSessions.Shown signIn = mine.get(system.name());
      if (signIn != null) {
        item.put(
            "signIn",
            Map.of("user", signIn.user(), "since", signIn.since(), "until", signIn.until()));
      }
      items.add(item);
    }
    call.respondJson(200, Map.of("items", items));
  }

  private void health(Map<String, Object> item, Health health) {
    Instant last = health.lastContact();
    String state = health.away() != null ? "away" : last == null ? "unknown" : "here";
    item.put("state", state);
    if (last != null) {
      item.put("lastContactAt", last);
      item.put("ageSeconds", Math.max(0, Duration.between(last, clock.instant()).toSeconds()));
    }
    if (health.away() != null) {
      item.put("why", health.away());
    }
    item.put("resting", health.resting());
    item.put("alarm", health.alarm() != null);
  }

  private CoreSystem system(Call call) {
    return core.system(call.pathParameter("system"))
        .orElseThrow(() ->
            Problem.of(404, "unknown-core-system", "沒有此通關系統。", "There is no such core system."));
  }

  private static String token(Call call) {
    return Cookies.read(call, Cookies.SESSION).orElseThrow(Refusals::notSignedIn);
  }

  private void signIn(Call call) {
    CoreSystem system = system(call);
    Officer officer = Officer.of(call);
    JsonNode input = Input.of(call);
    String user = Input.text(input, "user", 100);
    String password = Input.raw(input, "password", LONGEST);
    // In words of its own, so that guessing here locks nobody out of the platform.
    String source = "core " + officer.session().address();
    if (!database.<Boolean>inTransaction(tx -> Guessing.take(tx, source))) {
      audit.write(
          about(call, Entry.refused(SIGN_IN, "slow-down", officer.actor(), ""), system, user));
      throw Refusals.slowDown(Guessing.WINDOW_SECONDS);
    }
    switch (core.sessions().signIn(officer.session(), token(call), system, user, password)) {
      case SignedIn.In in -> {
        giveBack(source);
        audit.write(about(call, Entry.done(SIGN_IN, officer.actor(), "", ""), system, in.user()));
        call.respondJson(200, Map.of("user", in.user(), "until", in.until()));
      }
      case SignedIn.Refused refused -> {
        audit.write(
            about(call, Entry.refused(SIGN_IN, refused.code(), officer.actor(), ""), system, user));
        throw refused(refused.code(), refused.text());
      }
      case SignedIn.Away away -> {
        // Nobody can learn anything from a system that does not answer.
        giveBack(source);
        audit.write(
            about(call, Entry.refused(SIGN_IN, "core-away", officer.actor(), ""), system, user));
        throw away();
      }
    }
  }

  private static final String SIGN_IN = "core.sign-in";

  private static Entry about(Call call, Entry entry, CoreSystem system, String user) {
    return new Entry(
        entry.act(),
        entry.outcome(),
        entry.code(),
        entry.actor(),
        "core:" + system.name(),
        -1,
        Map.of("user", user),
        call.correlation());
  }

  private void giveBack(String source) {
    boolean _ =
        database.inTransaction(tx -> {
          Guessing.giveBack(tx, source);
          return true;
        });
  }

  private void signOut(Call call) {
    CoreSystem system = system(call);
    Officer officer = Officer.of(call);
    boolean done = core.sessions().signOut(officer.session(), token(call), system);
    if (done) {
      audit.write(
          Entry.done(
              "core.sign-out", officer.actor(), "core:" + system.name(), call.correlation()));
    }
    call.respondJson(200, Map.of("done", done));
  }

  /** What the system itself says of a declaration, to the officer whom it knows. */
  private void declaration(Call call) {
    CoreSystem system = system(call);
    Officer officer = Officer.of(call);
    DeclarationNumber number =
        DeclarationNumber.parse(call.pathParameter("number"))
            .filter(known -> isInReach(officer, known))
            .orElseThrow(CoreRoutes::unknown);
    CoreSessions.Found found =
        core.sessions()
            .query(
                officer.session(), token(call), system, new Query("declaration", number.value()));
    audit.write(
        Entry.done(
                "core.query", officer.actor(), "declaration:" + number.value(), call.correlation())
            .with(Map.of("system", system.name())));
    call.respondJson(200, answer(system, found));
  }

  private static boolean isInReach(Officer officer, DeclarationNumber number) {
    return officer
        .sight(Permissions.RECORD_READ)
        .district()
        .map(district -> number.office().startsWith(district))
        .orElse(true);
  }

  private static Map<String, Object> answer(CoreSystem system, CoreSessions.Found found) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("system", system.name());
    switch (found) {
      case CoreSessions.Found.Now(Queried.Found now) -> {
        answer.put("asOf", now.asOf());
        answer.put("fresh", true);
        answer.put("record", new RawValue(now.json()));
      }
      case CoreSessions.Found.Old old -> {
        answer.put("asOf", old.asOf());
        answer.put("fresh", false);
        answer.put("record", new RawValue(old.json()));
      }
      case CoreSessions.Found.Now(Queried.Nothing _) -> throw unknown();
      case CoreSessions.Found.Now(Queried.Refused no) -> throw refused(no.code(), no.text());
      case CoreSessions.Found.Now(Queried.Away _) -> throw away();
      case CoreSessions.Found.SignInFirst _ ->
          throw Problem.of(409, "core-sign-in", "請先登入此通關系統。", "Sign in at this core system first.")
              .with("system", system.name());
    }
    return answer;
  }

  private static Problem unknown() {
    return Problem.of(
        404, "unknown-declaration", "查無此報單。", "This core system knows no such declaration.");
  }

  /** With the system's own code and words, unchanged. */
  private static Problem refused(String code, String text) {
    return Problem.of(409, "core-refused", "通關系統拒絕。", "The core system refused.")
        .with("coreCode", code)
        .with("coreText", text);
  }

  private static Problem away() {
    return Problem.unavailable(
        "core-away", AGAIN_SECONDS, "通關系統目前無回應。", "The core system does not answer at present.");
  }
}
