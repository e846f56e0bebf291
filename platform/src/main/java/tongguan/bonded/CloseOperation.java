package tongguan.bonded;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.Problem.Texts;
import tools.jackson.databind.JsonNode;

/**
 * Closes a bonded check: in one transaction the counts with their differences, the signature, the
 * report, and its hash in the audit.
 */
record CloseOperation(Audit audit, Clock clock) implements Operation {

  @Override
  public String name() {
    return "bonded.close";
  }

  @Override
  public String path() {
    return "/api/v1/bonded-visits/{id}/close";
  }

  @Override
  public String need() {
    return Permissions.CLEARANCE_ACT;
  }

  @Override
  public long bodyBytes() {
    return Limits.BONDED_BODY_BYTES;
  }

  private record Wish(Visit visit, Findings found) {}

  private Wish wish(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Visit visit =
        new VisitStore(tx)
            .locked(
                Input.id(parameters.getOrDefault("id", ""), Visits::unknown), officer.sight(need()))
            .orElseThrow(Visits::unknown);
    if (visit.closed() != null) {
      throw Problem.of(409, "visit-closed", "此查核已結案。", "This check is closed already.");
    }
    if (!visit.officer().equals(officer.session().account())) {
      throw Problem.of(
          403,
          "not-the-officer",
          "僅排定之關員可結案。",
          "Only the officer whom the plan names closes this check.");
    }
    return new Wish(visit, Findings.of(input, visit.items()));
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    Findings found = wish.found();
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line(
            new Texts("保稅場所", "Premises"),
            wish.visit().premises().number() + " " + wish.visit().premises().name()));
    lines.add(new Line(new Texts("結果", "Result"), found.result()));
    for (Findings.Count count : found.counts()) {
      lines.add(
          new Line(
              new Texts("盤點", "Counted"),
              "%s %s %s (%s)"
                  .formatted(
                      count.item().code(),
                      count.counted().toPlainString(),
                      count.item().unit(),
                      Findings.signed(count.difference()))));
    }
    found
        .checklist()
        .forEach((question, answered) ->
            lines.add(
                new Line(
                    question.words(),
                    answered.answer().words().in(officer.chinese())
                        + Optional.ofNullable(answered.remark())
                            .map(text -> " " + text)
                            .orElse(""))));
    lines.add(new Line(new Texts("場所代表簽名", "Signed by"), found.signer()));
    return new Draft(
        new Texts("保稅查核結案", "Close the bonded check"),
        lines,
        wish.visit().id() + " open",
        "bonded-visit:" + wish.visit().id(),
        Optional.empty());
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Wish wish = wish(tx, officer, parameters, input);
    Visit visit = wish.visit();
    // What the database keeps of a moment, so that the report made again from it is the same.
    Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    byte[] report = Report.of(visit, wish.found(), at);
    String sha256 = sha256(report);
    new VisitStore(tx)
        .close(visit.id(), wish.found(), officer.session().account(), at, report, sha256);
    audit.write(
        tx,
        Entry.done(
                "bonded.report",
                officer.actor(),
                "bonded-visit:" + visit.id(),
                visit.id().toString())
            .with(Map.of("sha256", sha256, "bytes", report.length)));
    return Map.of("result", wish.found().result(), "reportSha256", sha256);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
