package tongguan.clearance.work;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tongguan.identity.Account;
import tongguan.identity.Accounts;
import tongguan.identity.LoginName;
import tongguan.record.key.DeclarationNumber;
import tools.jackson.databind.JsonNode;

/**
 * Who looks after a declaration: an officer takes it or lets go of it, and whoever approves gives
 * it to an officer, also one that another has.
 */
public final class AssignOperation implements Operation {
  private static final int LONGEST_NAME = 60;

  private enum Kind {
    TAKE(Permissions.CLEARANCE_ACT, "承辦", "Take it on"),
    LEAVE(Permissions.CLEARANCE_ACT, "交還", "Give it back"),
    GIVE(Permissions.CLEARANCE_APPROVE, "分派承辦人", "Give it to an officer");

    final String need;
    final Texts title;

    Kind(String need, String zh, String en) {
      this.need = need;
      this.title = new Texts(zh, en);
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Kind kind;
  private final Accounts accounts;

  private AssignOperation(Kind kind, Accounts accounts) {
    this.kind = kind;
    this.accounts = accounts;
  }

  public static List<Operation> all(Accounts accounts) {
    return List.of(
        new AssignOperation(Kind.TAKE, accounts),
        new AssignOperation(Kind.LEAVE, accounts),
        new AssignOperation(Kind.GIVE, accounts));
  }

  @Override
  public String name() {
    return "work." + kind.word();
  }

  @Override
  public String path() {
    return "/api/v1/declarations/{number}/" + kind.word();
  }

  @Override
  public String need() {
    return kind.need;
  }

  /**
   * @param to empty for nobody
   */
  private record Wish(DeclarationNumber number, WorkStore.Held now, Optional<Person> to) {
    String state() {
      return now + " " + to;
    }
  }

  private record Person(UUID account, String name, String shown) {}

  private Wish wish(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    DeclarationNumber number =
        DeclarationNumber.parse(parameters.getOrDefault("number", ""))
            .orElseThrow(AssignOperation::unknown);
    WorkStore.Held now =
        new WorkStore(tx)
            .locked(number, officer.sight(need()))
            .orElseThrow(AssignOperation::unknown);
    return switch (kind) {
      case TAKE -> {
        if (now.officer() != null) {
          throw taken(now);
        }
        yield new Wish(number, now, Optional.of(self(officer)));
      }
      case LEAVE -> {
        if (!officer.session().account().equals(now.officer())) {
          throw Problem.of(
              409, "not-yours", "此報單並非由您承辦。", "You have not taken this declaration on.");
        }
        yield new Wish(number, now, Optional.empty());
      }
      case GIVE -> new Wish(number, now, Optional.of(named(tx, officer, now, input)));
    };
  }

  private static Person self(Officer officer) {
    return new Person(
        officer.session().account(), officer.session().name(), officer.session().name());
  }

  /** Someone of the reach of whoever gives, who may see the declaration. */
  private Person named(Connection tx, Officer giver, WorkStore.Held now, JsonNode input)
      throws SQLException {
    LoginName wanted =
        LoginName.parse(Input.text(input, "officer", LONGEST_NAME))
            .orElseThrow(AssignOperation::nobody);
    Account account =
        accounts
            .named(tx, wanted)
            .filter(one -> !one.ended() && one.clearance() >= now.classification())
            .filter(one -> giver.sight(need()).reaches(one.district()))
            .orElseThrow(AssignOperation::nobody);
    String name = giver.chinese() ? account.nameZh() : account.nameEn();
    return new Person(account.id(), account.name(), account.name() + " " + name);
  }

  private static Problem nobody() {
    return Input.refused("officer", "account of an officer of your district");
  }

  private static Problem taken(WorkStore.Held now) {
    return Problem.of(409, "taken-already", "此報單已有承辦人。", "Another officer has this declaration.")
        .with("officer", Objects.requireNonNullElse(now.officerName(), ""));
  }

  private static Problem unknown() {
    return Problem.of(404, "unknown-declaration", "查無此未結報單。", "There is no such open declaration.");
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    return new Draft(
        kind.title,
        List.of(
            new Line(new Texts("報單", "Declaration"), wish.number().value()),
            new Line(
                new Texts("目前承辦人", "Now with"),
                Optional.ofNullable(wish.now().officerName()).orElse("-")),
            new Line(new Texts("改由", "From now on"), wish.to().map(Person::shown).orElse("-"))),
        wish.state(),
        "declaration:" + wish.number().value(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    WorkStore store = new WorkStore(tx);
    if (wish.to().isEmpty()) {
      store.free(wish.number());
      return Map.of();
    }
    Person to = wish.to().get();
    store.give(wish.number(), to.account(), to.name(), officer.session().name());
    return Map.of("officer", to.name());
  }
}
