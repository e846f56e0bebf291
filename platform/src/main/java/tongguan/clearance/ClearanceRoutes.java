package tongguan.clearance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.http.Call;
import tongguan.base.http.Events;
import tongguan.base.http.Route;
import tongguan.record.key.DeclarationNumber;

/** What may be done with a declaration next, and what became of what was done. */
public final class ClearanceRoutes {
  private static final UUID NEWEST = new UUID(-1, -1);

  private final Clearance clearance;
  private final Audit audit;

  public ClearanceRoutes(Clearance clearance, Audit audit) {
    this.clearance = clearance;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/declarations/{number}/next", Permissions.CLEARANCE_READ, this::next),
        Route.get("/api/v1/commands", Permissions.CLEARANCE_READ, this::commands),
        Route.get("/api/v1/commands/stream", Permissions.CLEARANCE_READ, this::stream)
            .producing(Set.of(Events.MEDIA_TYPE)));
  }

  private void next(Call call) {
    Officer officer = Officer.of(call);
    DeclarationNumber number = Clearance.number(call.pathParameter("number"));
    Sight sight = officer.sight(Permissions.CLEARANCE_READ);
    Clearance.Picture picture = clearance.picture(number, sight).orElseThrow(Clearance::unknown);
    audit.write(
        Entry.done("query", officer.actor(), "declaration:" + number, call.correlation()).found(1));
    call.respondJson(200, next(number.value(), picture, officer, clearance.systems()));
  }

  /** What may be done next, as the API tells it. */
  static Map<String, @Nullable Object> next(
      String number, Clearance.Picture picture, Officer officer, CoreSystems systems) {
    Map<String, @Nullable Object> reply = new LinkedHashMap<>();
    reply.put("declaration", number);
    reply.put("version", picture.standing().version());
    reply.put("standing", picture.standing().told());
    reply.put("phase", picture.standing().phase().code());
    if (picture.standing().channel() != null) {
      reply.put("channel", picture.standing().channel().name());
    }
    reply.put("holds", Json.MAPPER.readTree(picture.about().holds()));
    if (picture.about().officer() != null) {
      reply.put("officer", picture.about().officer());
    }
    reply.put(
        "acts",
        Course.bars(picture.standing()).entrySet().stream()
            .map(entry ->
                act(entry.getKey(), entry.getValue(), picture.standing(), officer, systems))
            .toList());
    reply.put("commands", picture.commands().stream().map(one -> item(one, officer)).toList());
    return reply;
  }

  private static Map<String, Object> act(
      Act act, List<Bar> bars, Standing now, Officer officer, CoreSystems systems) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("act", act.code());
    item.put("name", act.words().in(officer.chinese()));
    item.put("need", act.need());
    item.put("mine", officer.may(act.need()));
    item.put("possible", bars.isEmpty());
    item.put("bars", Clearance.told(bars, officer.chinese()));
    systems
        .find(act, now)
        .ifPresent(system -> {
          item.put("system", system);
          item.put("signedIn", systems.user(officer.session().id(), system).isPresent());
        });
    return item;
  }

  private void commands(Call call) {
    Officer officer = Officer.of(call);
    boolean all = call.query("of").filter("all"::equals).isPresent();
    String state = call.query("state").filter(text -> !text.isEmpty()).orElse(null);
    if (state != null) {
      requireState(state);
    }
    UUID before =
        call.query("after")
            .map(text -> Input.id(text, () -> Input.refused("after", "id of a command")))
            .orElse(NEWEST);
    List<Command> found =
        clearance.commands(
            all ? null : officer.session().account(),
            state,
            officer.sight(Permissions.CLEARANCE_READ),
            before,
            Limits.PAGE_DEFAULT + 1);
    List<Command> page = found.subList(0, Math.min(found.size(), Limits.PAGE_DEFAULT));
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("items", page.stream().map(one -> item(one, officer)).toList());
    if (found.size() > page.size()) {
      reply.put("next", page.getLast().id());
    }
    call.respondJson(200, reply);
  }

  /**
   * Held until the officer goes, the session ends or is locked, or the platform leaves: each change
   * of a command of the declaration, of one's own, or of all. It begins when it says hello; what
   * changed before is read by the page after that.
   */
  private void stream(Call call) {
    Officer officer = Officer.of(call);
    String declaration =
        call.query("declaration")
            .filter(text -> !text.isEmpty())
            .map(text -> Clearance.number(text).value())
            .orElse(null);
    boolean all = call.query("of").filter("all"::equals).isPresent();
    if (call.method().equals("HEAD")) {
      call.respond(200, Events.MEDIA_TYPE, new byte[0]);
      return;
    }
    CommandFeed feed = clearance.feed();
    CommandPage page = feed.open(new CommandPage(officer, declaration, all));
    try (Events events = call.events()) {
      boolean there = events.send("hello", "", "{}");
      while (there) {
        there = tell(events, page.next(Limits.STREAM_HEARTBEAT), officer);
      }
    } finally {
      feed.left(page);
    }
  }

  private static boolean tell(Events events, Optional<CommandPage.News> news, Officer officer) {
    return switch (news.orElse(null)) {
      case null -> events.comment();
      case CommandPage.News.Changed changed ->
          events.send(
              "command",
              changed.command().id().toString(),
              Json.text(item(changed.command(), officer)));
      case CommandPage.News.ReadAnew _ -> events.send("read-anew", "", "{}");
      case CommandPage.News.End _ -> false;
    };
  }

  private static void requireState(String state) {
    List<String> known = new ArrayList<>();
    for (CommandState one : CommandState.values()) {
      known.add(one.code());
    }
    if (!known.contains(state)) {
      throw Input.refused("state", "one of " + known);
    }
  }

  private static Map<String, @Nullable Object> item(Command command, Officer officer) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("id", command.id());
    item.put("declaration", command.declaration());
    item.put("act", command.act().code());
    item.put("name", command.act().words().in(officer.chinese()));
    item.put("values", Json.MAPPER.readTree(command.input()));
    item.put("system", command.system());
    item.put("officer", command.officerName());
    item.put("confirmedAt", command.confirmedAt());
    item.put("state", command.state().code());
    item.put("attempts", command.attempts());
    if (command.answeredAt() != null) {
      item.put("answeredAt", command.answeredAt());
    }
    if (command.reference() != null) {
      item.put("reference", command.reference());
    }
    if (command.code() != null) {
      item.put("code", command.code());
    }
    if (command.answer() != null) {
      item.put("answer", command.answer());
    }
    return item;
  }
}
