package tongguan.dossier;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Exports;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tools.jackson.databind.JsonNode;

/** More of a list than one person may take away: asked for by one, agreed to by another. */
final class MassExport implements Operation {
  private static final int LONGEST_NAME = 40;

  private final ListStore store;
  private final Exports exports;

  MassExport(ListStore store, Exports exports) {
    this.store = store;
    this.exports = exports;
  }

  @Override
  public String name() {
    return "records.export";
  }

  @Override
  public String path() {
    return "/api/v1/mass-exports";
  }

  @Override
  public String need() {
    return Permissions.EXPORTS_ACT;
  }

  @Override
  public String secondPerson() {
    return Permissions.EXPORTS_APPROVE;
  }

  private static Listing listing(JsonNode input) {
    String name = Input.text(input, "list", LONGEST_NAME);
    return Lists.named(name)
        .orElseThrow(() -> Input.refused("list", "one of " + String.join(", ", Lists.names())));
  }

  private static ListQuery query(JsonNode input, Officer officer) {
    JsonNode filters = input.path("filters");
    return ListQuery.of(
        name -> filters.path(name).stringValueOpt(),
        listing(input),
        officer.sight(Permissions.RECORD_EXPORT));
  }

  @Override
  public Draft draft(Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    Listing listing = listing(input);
    ListQuery query = query(input, officer);
    String reason = Input.reason(input);
    return new Draft(
        new Texts("大量匯出", "Take away a large list"),
        List.of(
            new Draft.Line(new Texts("清單", "List"), listing.name()),
            new Draft.Line(
                new Texts("篩選", "Filters"), query.asked().isEmpty() ? "–" : query.asked()),
            new Draft.Line(
                new Texts("約略筆數", "Rows, about"),
                String.valueOf(rounded(store.count(tx, listing, query, Limits.EXPORT_ROWS)))),
            new Draft.Line(new Texts("理由", "Reason"), reason)),
        listing.name() + '?' + query.asked(),
        "list:" + listing.name(),
        Optional.empty());
  }

  /** Two digits: a list that grows by a row while it is looked at is the same wish. */
  private static long rounded(long rows) {
    long unit = 1;
    while (rows / unit >= 100) {
      unit *= 10;
    }
    return (rows + unit - 1) / unit * unit;
  }

  @Override
  public Map<String, Object> apply(
      Connection tx, Officer officer, Map<String, String> parameters, JsonNode input) {
    throw new IllegalStateException("a mass export is never one person's act");
  }

  @Override
  public Map<String, Object> applyFor(
      Connection tx, Officer decider, Asked asked, Map<String, String> parameters, JsonNode input)
      throws SQLException {
    exports.grant(tx, asked, listing(input).name(), query(input, decider).asked());
    return Map.of();
  }

  @Override
  public Optional<String> result(UUID request, JsonNode input) {
    JsonNode filters = input.path("filters");
    Listing listing = listing(input);
    String asked = ListQuery.asked(name -> filters.path(name).stringValueOpt(), listing);
    return Optional.of(
        listing.path()
            + '?'
            + (asked.isEmpty() ? "" : asked + '&')
            + "format=csv&grant="
            + request);
  }
}
