package tongguan.bench.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.Steward;
import tools.jackson.databind.JsonNode;

/**
 * The steward and the platform with nothing between them but a wire and a balancer: two programs
 * that share no code, from the one-time code to the proven wipe.
 */
class StewardJourneyTest {
  private static final List<?> STROKES = List.of(List.of(List.of(10, 10), List.of(400, 300)));
  private static final Map<String, String> REASON = Map.of("reason", "as agreed on the telephone");

  @TempDir Path folder;
  private FieldNotebook notebook;
  private Site site;
  private Person admin;
  private Person second;
  private Person officer;
  private String device;

  private void begin(List<String> program) throws Exception {
    notebook = new FieldNotebook(folder, program);
    site = new Site(notebook.network, folder);
    admin = site.person("admin", "HQ", "headquarters-administrator", "all").in();
    second = site.person("second", "HQ", "headquarters-administrator", "all").in();
    officer = site.person("officer", "A", "officer", "own");
    officer.at(notebook.gateway());
    device =
        admin
            .make(
                "/api/v1/devices",
                Map.of(
                    "serial", FieldNotebook.SERIAL,
                    "kind", "notebook",
                    "model", "Field Book 3",
                    "unit", "A",
                    "macs", List.of(notebook.mac())))
            .path("id")
            .stringValue();
    admin.make(
        at("hand-out"),
        Map.of(
            "taker", "officer",
            "giverSignature", STROKES,
            "takerSignature", STROKES,
            "accessories", "charger",
            "condition", "new"));
  }

  @AfterEach
  void end() throws Exception {
    site.close();
    notebook.close();
  }

  private String at(String act) {
    return "/api/v1/devices/" + device + "/" + act;
  }

  private void enrol() throws Exception {
    String text = admin.make(at("enrolment"), REASON).path("qr").stringValue();
    assertThat(notebook.run("enrol", text)).contains("enrolled as " + device);
  }

  /** The device as the administrator sees it. */
  private JsonNode seen() {
    return admin.see("/api/v1/devices/" + device);
  }

  private void untilHeld() {
    await("the held stream")
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            site.text("select count(*) from fleet.stream where device = '" + device + "'")
                .equals("1"));
    await("the first report")
        .atMost(Duration.ofSeconds(30))
        .until(() -> !seen().path("contact").path("silent").asBoolean(true));
  }

  /** An order of the administrator. */
  private long order(String kind, Map<String, String> more) {
    Map<String, String> input = new java.util.HashMap<>(REASON);
    input.put("kind", kind);
    input.putAll(more);
    return admin.make(at("command"), input).path("number").longValue();
  }

  private JsonNode answered(long number) {
    JsonNode[] found = new JsonNode[1];
    await("the answer to order " + number)
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          found[0] =
              seen()
                  .path("commands")
                  .valueStream()
                  .filter(each -> each.path("number").longValue() == number)
                  .findFirst()
                  .orElseThrow();
          return found[0].has("outcome");
        });
    return found[0];
  }

  private static List<String> onClassPath() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx64m",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Steward.class.getName());
  }

  @Test
  void aNotebookFromItsFirstDayToItsWipe() throws Exception {
    begin(onClassPath());
    assertThat(notebook.isOpen()).as("before there is a steward").isTrue();
    enrol();
    notebook.start();
    untilHeld();
    notebook.untilLocked("enrolled, and nobody in");

    officer.in();
    notebook.untilOpen("the officer is in");

    long lock = order("lock", Map.of());
    notebook.untilLocked("told to lock");
    assertThat(answered(lock).path("outcome").stringValue()).isEqualTo("done");
    await().until(() -> officer.get("/api/v1/sessions").statusCode() == 423);
    officer.unlock();
    notebook.untilOpen("the officer has proven it again");
  }
}
