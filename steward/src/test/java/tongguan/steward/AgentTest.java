package tongguan.steward;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.steward.base.KernelUptime;
import tongguan.steward.enrol.Enrolment;
import tongguan.steward.enrol.IdentityFile;
import tongguan.steward.enrol.QrText;
import tongguan.steward.peer.KernelTree;
import tongguan.steward.peer.NetworkNamespace;
import tongguan.steward.peer.PlatformPeer;
import tongguan.steward.peer.TestAuthority;
import tongguan.steward.report.FileList;
import tongguan.steward.store.Vault;
import tools.jackson.databind.JsonNode;

/**
 * The whole steward in this process with a platform of the test's own, real nftables in a
 * namespace, and a tree of files for sysfs.
 */
class AgentTest {
  private static NetworkNamespace network;
  private static TestAuthority authority;

  @TempDir static Path authorities;
  @TempDir Path folder;
  private PlatformPeer platform;
  private Path state;
  private KernelTree tree;
  private @Nullable Agent started;
  private Thread running = Thread.currentThread();
  private Optional<Path> installed = Optional.empty();

  @BeforeAll
  static void network() throws IOException {
    network = NetworkNamespace.make();
    authority = new TestAuthority(authorities);
  }

  @AfterAll
  static void without() {
    network.close();
  }

  @BeforeEach
  void begin() throws IOException, GeneralSecurityException {
    state = Files.createDirectory(folder.resolve("state"));
    tree = new KernelTree(Files.createDirectory(folder.resolve("root")));
    tree.rfkill(0, "wlan", "0")
        .file("sys/class/net/wwan0/type", "1")
        .file("sys/class/net/wwan0/address", "02:00:00:00:00:07")
        .file("sys/class/power_supply/BAT0/type", "Battery")
        .file("sys/class/power_supply/BAT0/capacity", "81");
    platform = new PlatformPeer(authority).start();
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    stop();
    platform.close();
  }

  private Settings settings() {
    return new Settings(
        state,
        0,
        Duration.ofSeconds(5),
        true,
        List.of(),
        Set.of(),
        false,
        List.of(folder.resolve("browser")),
        "unix:path=" + folder.resolve("no-bus"),
        network.in("nft"),
        folder.resolve("root"));
  }

  private void enrol() throws IOException {
    Enrolment.Outcome outcome =
        new Enrolment("0.1.0")
            .enrol(QrText.parse(platform.qrText()).orElseThrow(), "SN", List.of());
    new IdentityFile(state).write(((Enrolment.Outcome.Enrolled) outcome).identity());
  }

  private Agent start() throws IOException {
    Agent fresh =
        new Agent(
            settings(),
            Clock.systemUTC(),
            new KernelUptime(),
            "0.1.0",
            installed,
            List.of("false"));
    started = fresh;
    running =
        Thread.ofVirtual()
            .start(() -> {
              try {
                fresh.run();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    return fresh;
  }

  private void stop() throws IOException, InterruptedException {
    if (started != null) {
      started.close();
      running.join();
      started = null;
    }
  }

  private Agent agent() {
    return requireNonNull(started);
  }

  private void startHeld() throws IOException {
    start();
    await().atMost(Duration.ofSeconds(15)).until(platform::isHeld);
  }

  private boolean networkIsOpen() throws IOException {
    return network.exit(
            "sh", "-c", "nft list set inet tongguan_steward granted | grep -q 'ipv4 timeout'")
        == 0;
  }

  private void untilOpen() {
    await().atMost(Duration.ofSeconds(15)).until(this::networkIsOpen);
  }

  private void untilShut() {
    await().atMost(Duration.ofSeconds(15)).until(() -> !networkIsOpen());
  }

  private JsonNode answer(long number) {
    await().atMost(Duration.ofSeconds(15)).until(() -> platform.answers.containsKey(number));
    return requireNonNull(platform.answers.get(number));
  }

  private String outcome(long number) {
    return answer(number).path("outcome").stringValue();
  }

  private HttpResponse<String> browse(String path) throws IOException, InterruptedException {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return browser.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent().port() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void aNewDeviceIsLockedAndSaysWhatItIs() throws IOException, InterruptedException {
    start();

    assertThat(networkIsOpen()).isFalse();
    assertThat(network.exit("nft", "list", "table", "inet", "tongguan_steward")).isZero();
    assertThat(tree.value("sys/class/rfkill/rfkill0/soft")).isEqualTo("1");
    assertThat(browse("/").body()).contains("此裝置尚未註冊");
  }

  @Test
  void anEnrolmentWhileItRunsBeginsANewRound() throws IOException, InterruptedException {
    start();
    enrol();

    assertThat(running.join(Duration.ofSeconds(15))).isTrue();
  }

  @Test
  void anOfficerWhoIsInOpensItAndTheCommandLocksIt() throws IOException {
    enrol();
    startHeld();

    long unlock = platform.unlock(Duration.ofHours(8));
    untilOpen();
    assertThat(outcome(unlock)).isEqualTo("done");
    assertThat(tree.value("sys/class/rfkill/rfkill0/soft")).isEqualTo("0");

    long lock = platform.send("lock", "{\"why\":\"idle\"}", null);
    untilShut();
    assertThat(outcome(lock)).isEqualTo("done");
    assertThat(tree.value("sys/class/rfkill/rfkill0/soft")).isEqualTo("1");
  }

  @Test
  void whilePlatformAndStewardSpeakItStaysOpenAndWithoutItLocks() throws IOException {
    enrol();
    startHeld();
    platform.unlock(Duration.ofHours(8));
    untilOpen();
    await()
        .during(Duration.ofSeconds(8))
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(500))
        .until(this::networkIsOpen);

    platform.stop();

    untilShut();
    assertThat(agent().port()).isPositive();
  }

  @Test
  void theRightEndsWhenThePlatformSaidItWould() throws IOException {
    enrol();
    startHeld();
    platform.unlock(Duration.ofSeconds(3));
    untilOpen();

    untilShut();
  }

  @Test
  void stoppingItLeavesItLocked() throws IOException, InterruptedException {
    enrol();
    startHeld();
    platform.unlock(Duration.ofHours(8));
    untilOpen();

    stop();

    assertThat(networkIsOpen()).isFalse();
    assertThat(network.exit("nft", "list", "table", "inet", "tongguan_steward")).isZero();
    assertThat(tree.value("sys/class/rfkill/rfkill0/soft")).isEqualTo("1");
  }

  @Test
  void theHeartbeatSaysWhatIsTrue() throws IOException {
    enrol();
    startHeld();
    await().atMost(Duration.ofSeconds(15)).until(() -> !platform.heartbeats.isEmpty());
    JsonNode first = platform.heartbeats.getFirst();

    assertThat(first.path("locked").asBoolean()).isTrue();
    assertThat(first.path("tampered").asBoolean()).isFalse();
    assertThat(first.path("agent").stringValue()).isEqualTo("0.1.0");
    assertThat(first.path("battery").asInt()).isEqualTo(81);
    assertThat(first.path("macs").toString()).isEqualTo("[\"02:00:00:00:00:07\"]");
    assertThat(first.path("interfaces").toString())
        .contains("{\"name\":\"network\",\"state\":\"locked\",\"detail\":\"\"}")
        .contains("{\"name\":\"wlan\",\"state\":\"locked\"")
        .contains(
            "{\"name\":\"optical\",\"state\":\"absent\",\"detail\":\"the kernel knows no optical drive\"}");
    assertThat(first.has("latitude")).isFalse();
    assertThat(first.has("signalDbm")).isFalse();

    platform.unlock(Duration.ofHours(8));

    await()
        .atMost(Duration.ofSeconds(15))
        .until(() ->
            platform.heartbeats.stream()
                .anyMatch(beat -> !beat.path("locked").asBoolean() && beat.has("latencyMs")));
  }

  @Test
  void whatWasSentWhileItWasAwayArrivesInOrderAndAnswersWaitUntilTheyAreTaken() throws IOException {
    enrol();
    platform.takesAnswers = false;
    long message = platform.send("message", "{\"text\":\"潮水警報\"}", null);
    long policy = platform.send("policy", "{\"interfaces\":{\"wlan\":\"open\"}}", null);
    long diagnostics = platform.send("diagnostics", "{}", null);
    long late =
        platform.send(
            "unlock",
            "{\"session\":\"s\",\"officer\":\"o\",\"until\":\""
                + Instant.now().plusSeconds(900)
                + "\"}",
            Instant.now().minusSeconds(1));

    startHeld();
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> tree.value("sys/class/rfkill/rfkill0/soft").equals("0"));
    assertThat(platform.answers).isEmpty();
    platform.takesAnswers = true;

    assertThat(outcome(message)).isEqualTo("done");
    assertThat(answer(message).path("detail").stringValue())
        .isEqualTo("kept; no desktop to show it");
    assertThat(outcome(policy)).isEqualTo("done");
    assertThat(answer(diagnostics).path("detail").stringValue())
        .contains("\"locked\":true", "\"wlan\":\"unlocked\"")
        .doesNotContain("PRIVATE", "潮水警報");
    assertThat(outcome(late)).isEqualTo("refused");
    assertThat(networkIsOpen()).isFalse();
    assertThat(platform.badAnswers).isEmpty();
    Vault vault = new Vault(state);
    assertThat(((Vault.Found.Content) vault.get(vault.names().getFirst())).bytes())
        .isEqualTo("潮水警報".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void thePolicyOutlivesARestart() throws IOException, InterruptedException {
    enrol();
    startHeld();
    long policy = platform.send("policy", "{\"interfaces\":{\"wlan\":\"open\"}}", null);
    assertThat(outcome(policy)).isEqualTo("done");
    stop();

    start();

    assertThat(tree.value("sys/class/rfkill/rfkill0/soft")).isEqualTo("0");
    assertThat(networkIsOpen()).isFalse();
  }

  @Test
  void whatIsForgedOrReplayedChangesNothing() throws IOException {
    enrol();
    startHeld();
    String body =
        "{\"session\":\"s\",\"officer\":\"o\",\"until\":\""
            + Instant.now().plusSeconds(900)
            + "\"}";
    String end = Instant.now().plusSeconds(60).toString();
    platform.sendRaw(
        platform.event(50, "unlock", body, end).replaceFirst("\"number\":50", "\"number\":51"));
    platform.sendRaw("event: command\ndata: nonsense\n\n");
    long unlock = platform.unlock(Duration.ofHours(8));
    assertThat(outcome(unlock)).isEqualTo("done");
    platform.send("lock", "{}", null);
    untilShut();

    platform.sendRaw(platform.event(unlock, "unlock", body, end));
    assertThat(outcome(platform.send("diagnostics", "{}", null))).isEqualTo("done");

    assertThat(networkIsOpen()).isFalse();
    assertThat(platform.answers).doesNotContainKeys(50L, 51L);
  }

  @Test
  void aWipeDestroysEverythingAndIsSaidBeforeTheDeviceForgetsWhoItIs()
      throws IOException, InterruptedException {
    enrol();
    startHeld();
    platform.unlock(Duration.ofHours(8));
    untilOpen();
    assertThat(outcome(platform.send("message", "{\"text\":\"a\"}", null))).isEqualTo("done");
    Files.createDirectories(folder.resolve("browser/Default"));
    Files.writeString(folder.resolve("browser/Default/Cookies"), "session");
    platform.takesAnswers = false;

    long wipe = platform.send("wipe", "{\"loss\":\"l-1\"}", null);
    await().atMost(Duration.ofSeconds(15)).until(() -> !Files.exists(state.resolve("vault.key")));
    untilShut();
    await().atMost(Duration.ofSeconds(15)).until(() -> !Files.exists(folder.resolve("browser")));
    assertThat(state.resolve("device.json")).as("to sign the answer with").exists();
    HttpResponse<String> page = browse("/");
    assertThat(page.body()).contains("此裝置已清除");
    assertThat(outcome(platform.unlock(Duration.ofHours(8)) * 0 + wipeTaken(wipe)))
        .isEqualTo("done");

    assertThat(answer(wipe).path("signature").stringValue()).isNotEmpty();
    await().atMost(Duration.ofSeconds(15)).until(() -> !Files.exists(state.resolve("device.json")));
    assertThat(state.resolve("commands.json")).doesNotExist();
    assertThat(networkIsOpen()).isFalse();
  }

  /** From now on the platform takes answers again. */
  private long wipeTaken(long wipe) {
    platform.takesAnswers = true;
    return wipe;
  }

  @Test
  void aWipeThatWaitedForTheDeviceComesBeforeEverythingElse() throws IOException {
    enrol();
    platform.send("message", "{\"text\":\"a\"}", null);
    long wipe = platform.send("wipe", "{\"loss\":\"l-1\"}", null);

    start();

    assertThat(outcome(wipe)).isEqualTo("done");
    assertThat(platform.answers.keySet()).containsExactly(wipe);
  }

  /** The power goes after the data, before the report: the next start reports and forgets. */
  @Test
  void aWipeThatWasNotReportedIsReportedAfterTheNextStart()
      throws IOException, InterruptedException {
    enrol();
    startHeld();
    platform.takesAnswers = false;
    long wipe = platform.send("wipe", "{\"loss\":\"l-1\"}", null);
    await().atMost(Duration.ofSeconds(15)).until(() -> Files.exists(state.resolve("wipe.json")));
    stop();
    platform.takesAnswers = true;

    start();

    assertThat(outcome(wipe)).isEqualTo("done");
    await().atMost(Duration.ofSeconds(15)).until(() -> !Files.exists(state.resolve("device.json")));
  }

  @Test
  void aCertificateIsRenewedInItsLastThird() throws IOException {
    platform.certificateLife = List.of("-startdate", "-20H", "-validity", "1");
    enrol();
    String before = Files.readString(state.resolve("device.json"));
    platform.certificateLife = List.of("-validity", "30");
    startHeld();

    await().atMost(Duration.ofSeconds(20)).until(() -> platform.renewals.get() == 1);
    await()
        .atMost(Duration.ofSeconds(15))
        .until(() -> !Files.readString(state.resolve("device.json")).equals(before));

    assertThat(outcome(platform.send("diagnostics", "{}", null))).isEqualTo("done");
    assertThat(running.isAlive()).isTrue();
  }

  @Test
  void changedFilesAreReportedAndKeepTheDeviceLocked() throws IOException {
    Path image = Files.createDirectory(folder.resolve("image"));
    Files.writeString(image.resolve("program"), "as built");
    new FileList(image).make();
    Files.writeString(image.resolve("program"), "as changed");
    installed = Optional.of(image);
    enrol();
    startHeld();

    long unlock = platform.unlock(Duration.ofHours(8));

    assertThat(outcome(unlock)).isEqualTo("refused");
    assertThat(answer(unlock).path("detail").stringValue()).isEqualTo("changed: program");
    assertThat(networkIsOpen()).isFalse();
    await().atMost(Duration.ofSeconds(15)).until(() -> !platform.heartbeats.isEmpty());
    assertThat(platform.heartbeats.getLast().path("tampered").asBoolean()).isTrue();
  }

  @Test
  void theBrowserOfALockedDeviceReachesThePlatform() throws IOException, InterruptedException {
    enrol();
    startHeld();
    platform.route(
        "/",
        exchange ->
            PlatformPeer.say(exchange, 200, exchange.getRequestHeaders().getFirst("X-Steward")));

    assertThat(browse("/").body()).isEqualTo("v=1; agent=0.1.0; mac=02:00:00:00:00:07; locked=1");
  }
}
