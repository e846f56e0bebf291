package tongguan.access.device;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.SignedIn.code;
import static tongguan.access.SignedIn.json;
import static tongguan.access.device.TwoNodes.good;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.OpenApi;
import tongguan.base.Limits;
import tools.jackson.databind.JsonNode;

/** Files of devices and SIMs: what the draft says of each row is what is done, nothing is lost. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockHttpTest {
  private static final String DEVICES = "/api/v1/devices/import";
  private static final String HEADER =
      "serial,kind,model,unit,imei,macs,iccid,imsi,msisdn,address\r\n";

  private final TwoNodes nodes = new TwoNodes();
  private final OpenApi openApi = new OpenApi();

  @AfterAll
  void stop() {
    nodes.close();
  }

  /** A good row; each series is another hundred thousand of numbers. */
  private static String row(int series, int n, String unit) {
    int all = series * 100_000 + n;
    return String.join(
            ",",
            "fb-%d-%05d".formatted(series, n),
            "tablet",
            "\"Tab, 10\"\"\"",
            unit,
            TwoNodes.checked("3598%010d".formatted(all)),
            "02:%02x:%02x:%02x:%02x:01".formatted(series, n >> 16 & 255, n >> 8 & 255, n & 255),
            TwoNodes.checked("8988%014d".formatted(all)),
            "46601%010d".formatted(all),
            "8867%08d".formatted(all),
            "10.%d.%d.%d".formatted(100 + series, n / 250, n % 250 + 1))
        + "\r\n";
  }

  private static Map<String, Object> file(String csv) {
    return Map.of("csv", csv, "file", "devices.csv");
  }

  private JsonNode report(Map<String, Object> file) {
    JsonNode draft = good(nodes.admin.post(DEVICES + "/draft", file));
    assertThat(openApi.faults("StockDraft", draft)).isEmpty();
    return draft.path("report");
  }

  private String countOf(String series) {
    return nodes.text("select count(*) from fleet.device where serial like 'FB-" + series + "-%'");
  }

  @Test
  void everyRowIsAddedOrKnownOrRefusedWithWhatWasExpected() {
    good(nodes.admin.make(DEVICES, file(HEADER + row(1, 0, "A") + row(1, 20, "A"))));
    String taken = row(1, 1, "A").replaceFirst("46601\\d+", "466010000100020");
    String csv =
        "\uFEFF"
            + HEADER
            + row(1, 0, "A") // 2: known, just so
            + row(1, 2, "A-GATE") // 3: good
            + taken // 4: its IMSI is another's
            + row(1, 2, "A") // 5: row 3 again
            + "\r\n" // 6: nothing
            + row(1, 4, "NOWHERE") // 7: no such unit
            + row(1, 5, "A").replace("tablet", "phone") // 8
            + row(1, 6, "A").replaceFirst("8988\\d+", "8988000000000000001") // 9: check digit
            + "fb-1-00007,pda,,A,,,,,,\r\n" // 10: good, a device without anything
            + "fb-1-00008,pda,,A,,,,466010000199999,,\r\n" // 11: half a SIM
            + "fb-1-00009,pda\r\n" // 12: cells missing
            + row(1, 0, "A").replace("\"Tab, 10\"\"\"", "Other"); // 13: known otherwise
    JsonNode report = report(file(csv));

    assertThat(report.path("rows").intValue()).isEqualTo(11);
    assertThat(report.path("added").intValue()).isEqualTo(2);
    assertThat(report.path("known").intValue()).isEqualTo(1);
    assertThat(report.path("refused").intValue()).isEqualTo(8);
    assertThat(fault(report, 4, "imsi")).isEqualTo("a value that no other device or SIM has");
    assertThat(fault(report, 5, "serial")).isEqualTo("another than in row 3");
    assertThat(fault(report, 7, "unit")).isEqualTo("code of a unit within reach");
    assertThat(fault(report, 8, "kind")).startsWith("a kind");
    assertThat(fault(report, 9, "iccid")).startsWith("an ICCID");
    assertThat(fault(report, 11, "iccid")).isEqualTo("a value, which is missing");
    assertThat(fault(report, 12, "")).isEqualTo("10 cells");
    assertThat(fault(report, 13, "serial") + fault(report, 13, "model"))
        .as("the same serial number twice in the file")
        .contains("another than in row 2");

    int imports = imports();
    HttpResponse<String> done = nodes.admin.make(DEVICES, file(csv));
    JsonNode reply = good(done);
    assertThat(openApi.faults("StockDone", reply)).isEmpty();
    assertThat(reply.path("report")).isEqualTo(report);
    assertThat(countOf("1")).isEqualTo("4");
    assertThat(
            nodes.text(
                "select d.unit || s.unit || s.state || d.model from fleet.pairing p join fleet.device d on d.id = p.device join fleet.sim s on s.id = p.sim where d.serial = 'FB-1-00002' and p.until is null"))
        .isEqualTo("A-GATEA-GATEactiveTab, 10\"");
    assertThat(imports()).isEqualTo(imports + 1);
    JsonNode again = report(file(csv));
    assertThat(again.path("added").intValue()).isZero();
    assertThat(again.path("known").intValue()).isEqualTo(3);
  }

  private int imports() {
    return Integer.parseInt(
        nodes.text(
            "select count(*) from audit.entry where act = 'device.import' and outcome = 'done'"));
  }

  private static String fault(JsonNode report, int row, String column) {
    for (JsonNode item : report.path("items")) {
      if (item.path("row").intValue() == row) {
        for (JsonNode fault : item.path("faults")) {
          if (fault.path("column").stringValue().equals(column)) {
            return fault.path("expected").stringValue();
          }
        }
      }
    }
    return "-";
  }

  @Test
  void whatIsNotATableWithTheseColumnsIsRefusedAsAWhole() {
    for (String csv :
        List.of(
            "\n",
            "serial,kind\r\nx,pda",
            "serial,kind,unit,colour\r\n",
            "serial,kind,unit,unit\r\n",
            "serial;kind;unit\r\n",
            HEADER + "\"open",
            HEADER + "x,".repeat(Limits.STOCK_FILE_COLUMNS + 1))) {
      HttpResponse<String> refused = nodes.admin.post(DEVICES + "/draft", file(csv));
      assertThat(refused.statusCode()).as(csv).isEqualTo(400);
      assertThat(code(refused)).as(csv).isIn("stock-file", "input");
    }
    HttpResponse<String> large =
        nodes.admin.post(DEVICES + "/draft", file("x".repeat(Limits.STOCK_FILE_BYTES + 1)));
    assertThat(large.statusCode()).isEqualTo(413);
    HttpResponse<String> many =
        nodes.admin.post(DEVICES + "/draft", file("serial,kind,unit\n" + "x,pda,A\n".repeat(5001)));
    assertThat(json(many).path("row").intValue()).isEqualTo(5002);
    assertThat(
            fault(report(file("serial,kind,model,unit\nfb-0-1,pda,\uFFFD\uFFFD,A\n")), 2, "model"))
        .isEqualTo("text that is encoded in UTF-8");
  }

  @Test
  void p11anotherFileThanTheOneThatWasShownIsNotImported() {
    String csv = HEADER + row(2, 1, "A") + row(2, 2, "A");
    String nonce = nodes.admin.draft(DEVICES, file(csv));
    HttpResponse<String> flipped =
        nodes.admin.confirm(DEVICES, file(csv.replace("Tab, 10", "Tab, 11")), nonce, PASSWORD);
    assertThat(code(flipped)).isEqualTo("confirmation");

    nonce = nodes.admin.draft(DEVICES, file(csv));
    good(nodes.admin.make(DEVICES, file(HEADER + row(2, 1, "A"))));
    HttpResponse<String> late = nodes.admin.confirm(DEVICES, file(csv), nonce, PASSWORD);
    assertThat(json(late).path("why").stringValue())
        .as("a row that was to be added is known meanwhile")
        .isEqualTo("changed");
    assertThat(countOf("2")).isEqualTo("1");
  }

  @Test
  void theSameFileImportedByTwoAtOnceOnTwoNodesIsThereOnce() throws Exception {
    String csv = HEADER + row(3, 1, "A") + row(3, 2, "A") + row(3, 3, "A");
    List<Callable<HttpResponse<String>>> both =
        List.of(
            () ->
                nodes.admin.confirm(
                    DEVICES, file(csv), nodes.admin.draft(DEVICES, file(csv)), PASSWORD),
            () -> {
              var there = nodes.second.at(nodes.two);
              return there.confirm(DEVICES, file(csv), there.draft(DEVICES, file(csv)), PASSWORD);
            });
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService crowd = Executors.newFixedThreadPool(2)) {
      for (var done : crowd.invokeAll(both)) {
        statuses.add(done.get().statusCode());
      }
    }

    assertThat(statuses).contains(200).isSubsetOf(200, 409);
    assertThat(countOf("3")).isEqualTo("3");
  }

  @Test
  void p9aDistrictAdministratorImportsIntoTheOwnDistrictAndLearnsNothingOfOthers() {
    good(nodes.admin.make(DEVICES, file(HEADER + row(4, 1, "B"))));
    JsonNode report =
        good(nodes.district.post(
                DEVICES + "/draft", file(HEADER + row(4, 1, "A") + row(4, 2, "B"))))
            .path("report");

    assertThat(fault(report, 2, "serial")).isEqualTo("a value that no other device or SIM has");
    assertThat(fault(report, 2, "unit")).isEqualTo("-");
    assertThat(fault(report, 3, "unit")).isEqualTo("code of a unit within reach");
    assertThat(report.path("added").intValue()).isZero();
  }

  @Test
  void simsAreImportedAloneAndDevicesTakeThemUp() {
    String row = row(5, 1, "A");
    String[] cells = row.strip().split(",(?=[^ ])", -1);
    String sim = String.join(",", cells[6], cells[7], cells[8], cells[9], "A");
    Map<String, Object> sims = Map.of("csv", "iccid,imsi,msisdn,address,unit\n" + sim + "\n");
    good(nodes.district.make("/api/v1/sims/import", sims));
    assertThat(nodes.text("select state from fleet.sim where iccid = '" + cells[6] + "'"))
        .isEqualTo("in-stock");
    JsonNode known = good(nodes.district.post("/api/v1/sims/import/draft", sims)).path("report");
    assertThat(known.path("known").intValue()).isEqualTo(1);
    JsonNode done = good(nodes.district.make(DEVICES, file(HEADER + row))).path("report");

    assertThat(done.path("added").intValue()).isEqualTo(1);
    assertThat(
            nodes.text(
                "select s.state || d.serial from fleet.sim s join fleet.pairing p on p.sim = s.id join fleet.device d on d.id = p.device where s.iccid = '"
                    + cells[6]
                    + "'"))
        .isEqualTo("activeFB-5-00001");
  }

  @Test
  void twoThousandRowsAreAFewStatements() {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int n = 0; n < 2000; n++) {
      csv.append(row(6, n, "A"));
    }
    long before = System.nanoTime();
    JsonNode reply = good(nodes.admin.make(DEVICES, file(csv.toString())));
    Duration took = Duration.ofNanos(System.nanoTime() - before);

    assertThat(reply.at("/report/added").intValue()).isEqualTo(2000);
    assertThat(countOf("6")).isEqualTo("2000");
    assertThat(
            nodes.text(
                "select count(*) from fleet.event e join fleet.device d on d.id = e.device where d.serial like 'FB-6-%' and e.kind = 'added'"))
        .isEqualTo("2000");
    System.out.println(
        "2,000 devices with SIMs, draft and confirmation: " + took.toMillis() + " ms");
    assertThat(took).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void whateverIsInAFileEachRowIsAnsweredForAndNothingIsAnError() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String good = HEADER + row(7, 1, "A") + row(7, 2, "A") + row(7, 3, "A");
    for (int i = 0; i < 200; i++) {
      StringBuilder csv = new StringBuilder(good);
      for (int change = 0; change < 3; change++) {
        csv.setCharAt(
            random.nextInt(csv.length()), ",\"\n\u0000F9\uD800é".charAt(random.nextInt(8)));
      }
      HttpResponse<String> response = nodes.admin.post(DEVICES + "/draft", file(csv.toString()));
      assertThat(response.statusCode()).as("seed %d: %s", seed, csv).isIn(200, 400);
      if (response.statusCode() == 200) {
        JsonNode report = json(response).path("report");
        assertThat(report.path("items").size())
            .as("seed %d: %s", seed, csv)
            .isEqualTo(report.path("rows").intValue())
            .isEqualTo(
                report.path("added").intValue()
                    + report.path("known").intValue()
                    + report.path("refused").intValue());
      }
    }
  }
}
