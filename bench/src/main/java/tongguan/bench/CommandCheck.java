package tongguan.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tongguan.bench.DrillOfficer.Press;
import tools.jackson.databind.JsonNode;

/**
 * Holds what officers were told, what the platform has written and what the core systems have
 * carried out against each other (invariants I1, I2, I3, I5 and I6).
 */
final class CommandCheck {
  private final DrillSite site;
  private final List<String> broken = new ArrayList<>();

  CommandCheck(DrillSite site) {
    this.site = site;
  }

  private record Row(String declaration, String act, String system, String state, String code) {}

  /** A line of a core system's journal. */
  private record Effect(String system, String declaration, String act, String state) {}

  /** What is not as it must be; empty where all is. */
  List<String> run(List<Press.Acknowledged> acknowledged)
      throws SQLException, IOException, InterruptedException {
    Map<UUID, Row> rows = rows();
    Map<UUID, List<Effect>> effects = effects();
    for (Press.Acknowledged one : acknowledged) {
      Row row = rows.get(one.command());
      if (row == null) {
        broken.add("I1: acknowledged and lost: " + one);
      } else if (!row.declaration().equals(one.declaration()) || !row.act().equals(one.act())) {
        broken.add("I1: acknowledged as another: " + one + " is " + row);
      }
    }
    if (acknowledged.stream().map(Press.Acknowledged::command).distinct().count()
        != acknowledged.size()) {
      broken.add("I2: one command was acknowledged for two presses");
    }
    rows.forEach((id, row) -> holdAgainst(id, row, effects.getOrDefault(id, List.of())));
    effects.keySet().stream()
        .filter(id -> !rows.containsKey(id))
        .forEach(id -> broken.add("I6: carried out and never confirmed: " + effects.get(id)));
    audit();
    return broken;
  }

  private void holdAgainst(UUID id, Row row, List<Effect> effects) {
    boolean stopped = row.state().equals("refused") && row.code().equals("act-barred");
    int expected = row.state().equals("done") || row.state().equals("refused") && !stopped ? 1 : 0;
    if (!List.of("done", "refused").contains(row.state())) {
      broken.add("I1: never came to an end: " + id + " " + row);
    } else if (effects.size() != expected) {
      broken.add(
          "I2: " + effects.size() + " effects instead of " + expected + ": " + id + " " + row);
    } else if (!effects.isEmpty()
        && !effects
            .getFirst()
            .equals(new Effect(row.system(), row.declaration(), row.act(), row.state()))) {
      broken.add("I6: the core system has it otherwise: " + row + " " + effects.getFirst());
    }
  }

  private Map<UUID, Row> rows() throws SQLException {
    Map<UUID, Row> rows = new HashMap<>();
    try (Connection connection = site.database().connect();
        Statement statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select id, declaration, act, system, state, coalesce(code, '') as code from clearance.command")) {
      while (row.next()) {
        rows.put(
            row.getObject("id", UUID.class),
            new Row(
                row.getString("declaration"),
                row.getString("act"),
                row.getString("system"),
                row.getString("state"),
                row.getString("code")));
      }
    }
    return rows;
  }

  private Map<UUID, List<Effect>> effects() throws IOException {
    Map<UUID, List<Effect>> effects = new HashMap<>();
    for (CorePeerProcess core : site.cores()) {
      for (JsonNode line : core.journal()) {
        effects
            .computeIfAbsent(
                UUID.fromString(line.path("key").stringValue("")), key -> new ArrayList<>())
            .add(
                new Effect(
                    core.kind(),
                    line.path("declaration").stringValue(""),
                    line.path("act").stringValue(""),
                    line.path("state").stringValue("")));
      }
    }
    return effects;
  }

  private void audit() throws SQLException, IOException, InterruptedException {
    none("I3: confirmed without exactly one audit entry, declarations", CONFIRMED_UNWRITTEN);
    none("I3: ended without exactly one audit entry, commands", ENDED_UNWRITTEN);
    none("I3: audit entries of what there is not", WRITTEN_WITHOUT);
    none("I6: done, and the record has not heard of it", UNHEARD);
    String verdict = site.verifyAudit();
    if (!verdict.isEmpty()) {
      broken.add("I5: audit verify: " + verdict);
    }
  }

  private void none(String what, String sql) throws SQLException {
    long count = site.database().count(sql);
    if (count != 0) {
      broken.add(what + ": " + count);
    }
  }

  private static final String CONFIRMED_UNWRITTEN =
      """
      select count(*) from (
        select 'declaration:' || declaration as record, count(*) as made from clearance.command group by 1) c
      full join (
        select record, count(*) as written from audit.entry
        where act in ('clearance.act', 'clearance.approve') and outcome = 'done' group by 1) e using (record)
      where made is distinct from written
      """;

  private static final String ENDED_UNWRITTEN =
      """
      select count(*) from clearance.command c
      where c.state in ('done', 'refused') and 1 <> (
        select count(*) from audit.entry e
        where e.act = 'command' and e.record = 'declaration:' || c.declaration
          and e.details::json ->> 'command' = c.id::text and e.details::json ->> 'state' = c.state)
      """;

  private static final String WRITTEN_WITHOUT =
      """
      select count(*) from audit.entry e
      where e.act = 'command' and e.details::json ->> 'state' in ('done', 'refused') and not exists (
        select from clearance.command c
        where c.id = (e.details::json ->> 'command')::uuid and c.state = e.details::json ->> 'state')
      """;

  /** What the core systems have told must be in the record by the end. */
  static final String UNHEARD =
      """
      select count(*) from clearance.command c
      where c.state = 'done' and c.steps_before >= (
        select count(*) from record.step s where s.declaration = c.declaration and s.step = c.step)
      """;

  static final String OPEN =
      "select count(*) from clearance.command where state not in ('done', 'refused', 'given-up', 'parked')";
}
