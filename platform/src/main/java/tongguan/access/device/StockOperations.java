package tongguan.access.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Draft;
import tongguan.access.operation.Draft.Line;
import tongguan.access.operation.Input;
import tongguan.access.operation.Operation;
import tongguan.base.Limits;
import tongguan.base.Problem.Texts;
import tongguan.fleet.Fleet;
import tongguan.fleet.Stock;
import tongguan.identity.Identity;
import tongguan.identity.Units;
import tools.jackson.databind.JsonNode;

/**
 * A whole file of devices and SIMs as one confirmed operation: the draft says of every row what
 * would become of it, and just that is done, all good rows in one transaction of a few statements.
 */
public final class StockOperations {
  private final Fleet fleet;
  private final Identity identity;

  public StockOperations(Fleet fleet, Identity identity) {
    this.fleet = fleet;
    this.identity = identity;
  }

  public List<Operation> all() {
    return List.of(
        new Import(
            "device.import",
            "/api/v1/devices/import",
            new Texts("匯入設備與 SIM 卡", "Import devices and SIMs"),
            StockFile.Of.DEVICES),
        new Import(
            "sim.import",
            "/api/v1/sims/import",
            new Texts("匯入 SIM 卡", "Import SIMs"),
            StockFile.Of.SIMS));
  }

  private final class Import implements Operation {
    private final String name;
    private final String path;
    private final Texts title;
    private final StockFile.Of of;

    Import(String name, String path, Texts title, StockFile.Of of) {
      this.name = name;
      this.path = path;
      this.title = title;
      this.of = of;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public String need() {
      return Permissions.DEVICES_ADMINISTER;
    }

    @Override
    public long bodyBytes() {
      return Limits.STOCK_FILE_BYTES;
    }

    private static String text(JsonNode input) {
      return Input.raw(input, "csv", Limits.JSON_STRING_CHARACTERS);
    }

    private StockReport report(Connection tx, Officer officer, JsonNode input) throws SQLException {
      Set<String> units =
          identity.units().all(tx).stream()
              .filter(unit -> officer.sight(need()).reaches(unit.district()))
              .map(Units.Unit::code)
              .collect(Collectors.toUnmodifiableSet());
      List<StockFile.Row> rows = StockFile.read(text(input), of, units, officer.chinese());
      fleet.stock().lock(tx);
      Stock.Known known =
          fleet
              .stock()
              .known(
                  tx,
                  rows.stream()
                      .filter(row -> row.faults().isEmpty())
                      .map(StockFile.Row::pair)
                      .toList());
      return StockReport.of(rows, known, units);
    }

    @Override
    public Draft draft(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      StockReport report = report(tx, officer, input);
      String digest = digest(text(input));
      String file = Input.optionalText(input, "file", 200).orElse("-");
      return new Draft(
              title,
              List.of(
                  new Line(new Texts("檔案", "File"), file),
                  new Line(new Texts("資料列", "Rows"), String.valueOf(report.rows())),
                  line(new Texts("新增", "Added"), report, StockReport.Outcome.ADDED),
                  line(new Texts("已登錄", "Known already"), report, StockReport.Outcome.KNOWN),
                  line(new Texts("不予匯入", "Refused"), report, StockReport.Outcome.REFUSED),
                  new Line(new Texts("檔案摘要", "Digest of the file"), digest)),
              digest,
              "file:" + digest.substring(0, 16),
              Optional.empty())
          .with(report);
    }

    private static Line line(Texts label, StockReport report, StockReport.Outcome outcome) {
      return new Line(label, String.valueOf(report.count(outcome)));
    }

    private static String digest(String text) {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    @Override
    public Map<String, Object> apply(
        Connection tx, Officer officer, Map<String, String> parameters, JsonNode input)
        throws SQLException {
      StockReport report = report(tx, officer, input);
      fleet.stock().add(tx, report.toAdd(), officer.session().name());
      Map<String, Object> reply = new LinkedHashMap<>();
      reply.put("report", report.in(officer.chinese()));
      return reply;
    }
  }
}
