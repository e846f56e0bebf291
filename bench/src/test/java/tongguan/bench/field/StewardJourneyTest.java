package tongguan.bench.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.Steward;
import tools.jackson.databind.JsonNode;

/**
 * The steward and the platform with nothing between them but a wire and a balancer: two programs
 * that share no code, from the one-time code to the proven wipe.
 */
@SuppressWarnings("NullAway.Init") // each test begins with the program that it is about
class StewardJourneyTest {
  /** 80 MB in the kernel's units of 1024 bytes. */
  private static final long MOST_KILOBYTES = 80_000_000 / 1024;

  private static final Duration PATIENCE = FieldNotebook.PATIENCE;
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
        .atMost(PATIENCE)
        .until(() ->
            site.text("select count(*) from fleet.stream where device = '" + device + "'")
                .equals("1"));
    await("the first report")
        .atMost(PATIENCE)
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
        .atMost(PATIENCE)
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
  void aNotebookIsEnrolledOpenedLockedAndWiped() throws Exception {
    begin(onClassPath());
    isLockedFromItsEnrolmentUntilAnOfficerIsIn();
    locksByOrderAndOpensByTheOfficersVerification();
    obeysThePolicyOfTwoPersons();
    isWipedByTwoPersonsAndProvesIt();
  }

  /** The program as it is installed, through all that a notebook sees. */
  @Test
  @Tag("slow")
  void aNotebookFromItsFirstDayToItsWipe() throws Exception {
    begin(List.of(installed().toString()));
    isLockedFromItsEnrolmentUntilAnOfficerIsIn();
    locksByOrderAndOpensByTheOfficersVerification();
    obeysThePolicyOfTwoPersons();
    takesMessagesAndTellsHowItIs();
    locksWithItsDesktopAndTheDesktopWithIt();
    comesBackLockedWhenItWasKilledOrAway();
    opensAgainAfterSilenceOnlyForASessionThatStands();
    long resident = notebook.residentKilobytes();
    System.out.println("steward before the real platform, resident: " + resident + " kB");
    assertThat(resident).isLessThan(MOST_KILOBYTES);
    staysWhenItsNodeDies();
    isWipedByTwoPersonsAndProvesIt();
  }

  /** From the Debian package, which the steward's own tests leave; made where there is none. */
  private Path installed() throws Exception {
    Path home = Path.of("..").toRealPath();
    if (packages(home).isEmpty()) {
      run(home.resolve("tongguan").toString(), "steward", "build");
    }
    Path tree = folder.resolve("tree");
    run("dpkg-deb", "-x", packages(home).getFirst().toString(), tree.toString());
    return tree.resolve("opt/tongguan-steward/bin/tongguan-steward");
  }

  private static List<Path> packages(Path home) throws IOException {
    Path made = home.resolve("steward/target/package");
    if (!Files.isDirectory(made)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(made)) {
      return files.filter(file -> file.toString().endsWith(".deb")).toList();
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }

  private void isLockedFromItsEnrolmentUntilAnOfficerIsIn() throws Exception {
    assertThat(notebook.isOpen()).as("before there is a steward").isTrue();
    enrol();
    notebook.start();
    untilHeld();
    notebook.untilLocked("enrolled, and nobody in");

    officer.in();
    notebook.untilOpen("the officer is in");
    assertThat(officer.see("/api/v1/me/device").toString()).contains(FieldNotebook.SERIAL);
  }

  private void locksByOrderAndOpensByTheOfficersVerification() {
    long lock = order("lock", Map.of());
    notebook.untilLocked("told to lock");
    assertThat(answered(lock).path("outcome").stringValue()).isEqualTo("done");
    untilOfficerMustProve();
    officer.unlock();
    notebook.untilOpen("the officer has proven it again");
  }

  /** Either locks both: the session behind the browser is locked like the device. */
  private void untilOfficerMustProve() {
    await("the officer's session locks")
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> officer.get("/api/v1/sessions").statusCode() == 423);
  }

  private void obeysThePolicyOfTwoPersons() {
    untilInForce();
    Map<String, Object> wish =
        new java.util.HashMap<>(
            Map.of(
                "revision", 0,
                "interfaces", Map.of("bluetooth", "shut"),
                "lockHours", 4,
                "wipeDays", 10,
                "idleSeconds", 60,
                "position", true));
    wish.putAll(REASON);
    JsonNode asked = admin.make("/api/v1/device-policies/A/notebook/change", wish);
    approve(asked.path("request").stringValue());

    await("the policy's own radio").atMost(PATIENCE).until(notebook::radioIsShut);
    untilInForce();
    assertThat(seen().path("policy").path("unit").stringValue()).isEqualTo("A");
    assertThat(notebook.state().resolve("policy.json"))
        .content()
        .contains("\"wipeDays\":10", "\"position\":true");
    assertThat(notebook.state().resolve("contact.json")).content().contains("\"lockHours\":4");

    Map<String, Object> without = new java.util.HashMap<>(REASON);
    without.put("revision", seen().path("policy").path("revision").longValue());
    JsonNode removal = admin.make("/api/v1/device-policies/A/notebook/remove", without);
    approve(removal.path("request").stringValue());
    await("as before").atMost(PATIENCE).until(() -> !notebook.radioIsShut());
  }

  private void approve(String request) {
    JsonNode decided =
        second.make(
            "/api/v1/requests/" + request + "/decide", Map.of("approve", true, "reason", "agreed"));
    assertThat(decided.path("state").stringValue()).isEqualTo("approved");
  }

  private void untilInForce() {
    await("the ordered policy is in force")
        .atMost(PATIENCE)
        .until(() -> {
          JsonNode policy = seen().path("policy");
          return policy.path("inForce").asLong(-1) == policy.path("revision").longValue();
        });
  }

  private void takesMessagesAndTellsHowItIs() throws Exception {
    long message = order("message", Map.of("text", "潮水警報"));
    assertThat(answered(message).path("outcome").stringValue()).isEqualTo("done");
    assertThat(notebook.run("messages")).contains("潮水警報");

    JsonNode diagnostics = answered(order("diagnostics", Map.of()));
    assertThat(diagnostics.path("answer").stringValue())
        .contains("\"locked\":false", "\"bluetooth\":\"unlocked\"")
        .doesNotContain("潮水警報", "PRIVATE");

    await("its reports are shown")
        .atMost(PATIENCE)
        .until(() -> seen().path("reports").path(0).has("latencyMs"));
    assertThat(seen().path("reports").path(0).path("battery").asInt()).isEqualTo(81);
  }

  private void locksWithItsDesktopAndTheDesktopWithIt() throws Exception {
    notebook.desktop.officerLocks();
    notebook.untilLocked("the desktop was locked");
    untilOfficerMustProve();
    officer.unlock();
    notebook.untilOpen("proven after the desktop's lock");

    notebook.desktop.calls.clear();
    officer.post("/api/v1/session/lock", Map.of());
    notebook.untilLocked("the officer locked the page");
    await().atMost(PATIENCE).until(() -> notebook.desktop.calls.contains("Lock"));
    officer.unlock();
    notebook.untilOpen("proven after the page's lock");

    notebook.desktop.calls.clear();
    idle();
    notebook.untilLocked("the platform saw nobody for too long");
    await().atMost(PATIENCE).until(() -> notebook.desktop.calls.contains("Lock"));
    officer.unlock();
    notebook.untilOpen("proven after idling");
  }

  /** As if the officer had done nothing for longer than the role allows. */
  private void idle() {
    site.execute(
        "update identity.session set active_at = now() - interval '2 hours' where device = '"
            + device
            + "'");
  }

  private void comesBackLockedWhenItWasKilledOrAway() throws Exception {
    notebook.kill();
    notebook.untilNetworkIsShut("the kernel ends the lease of a steward that was killed");
    long message = order("message", Map.of("text", "while you were away"));
    notebook.start();
    assertThat(answered(message).path("outcome").stringValue()).isEqualTo("done");
    notebook.untilLocked("started again");
    untilOfficerMustProve();
    officer.unlock();
    notebook.untilOpen("proven after the restart");

    notebook.stop();
    notebook.untilLocked("told to end");
    notebook.start();
    untilOfficerMustProve();
    officer.unlock();
    notebook.untilOpen("proven after the second restart");
  }

  private void opensAgainAfterSilenceOnlyForASessionThatStands() throws Exception {
    notebook.cable("down");
    notebook.untilLocked("no word from the platform");
    notebook.cable("up");
    notebook.untilOpen("heard again, and the officer's session stands");
    assertThat(officer.get("/api/v1/sessions").statusCode()).isEqualTo(200);

    notebook.cable("down");
    notebook.untilLocked("no word from the platform again");
    idle();
    String before = contact();
    notebook.cable("up");
    await().atMost(PATIENCE).until(() -> !contact().equals(before));
    await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> !notebook.isOpen());
    officer.unlock();
    notebook.untilOpen("proven after the silence");
  }

  private String contact() {
    return seen().path("contact").path("at").stringValue();
  }

  private void staysWhenItsNodeDies() throws Exception {
    Node other = site.startSecond();
    String node = site.text("select node from fleet.stream where device = '" + device + "'");
    site.first().kill();
    admin.at(other.address());
    second.at(other.address());
    await("the other node holds the stream")
        .atMost(PATIENCE)
        .until(() ->
            !site.text("select node from fleet.stream where device = '" + device + "'")
                .equals(node));
    assertThat(officer.get("/api/v1/sessions").statusCode()).as("the same session").isEqualTo(200);
    notebook.untilOpen("nothing is asked of the officer, however long it took");

    assertThat(answered(order("lock", Map.of())).path("outcome").stringValue()).isEqualTo("done");
    notebook.untilLocked("told by the other node");
  }

  private void isWipedByTwoPersonsAndProvesIt() throws Exception {
    assertThat(notebook.hasTraces()).isTrue();
    approve(admin.make(at("wipe"), REASON).path("request").stringValue());

    await("the platform believes that it is wiped")
        .atMost(PATIENCE)
        .until(() -> !seen().path("wipePending").asBoolean(true));
    assertThat(seen().path("commands").valueStream())
        .anyMatch(each ->
            each.path("kind").stringValue().equals("wipe")
                && each.path("outcome").stringValue("").equals("done"));
    assertThat(
            site.text(
                "select answer_signature is not null from fleet.command where kind = 'wipe' and device = '"
                    + device
                    + "'"))
        .isEqualTo("t");
    assertThat(notebook.hasTraces()).isFalse();
    await("no key is left")
        .atMost(PATIENCE)
        .until(() ->
            notebook.stateFiles().stream()
                .noneMatch(List.of("device.json", "vault.key")::contains));
    assertThat(notebook.isOpen()).isFalse();
    assertThat(officer.get("/").body()).contains("清除");
  }
}
