package tongguan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static tongguan.access.SignedIn.json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.access.SignedIn;
import tools.jackson.databind.JsonNode;

/**
 * A first start with a sample world, as a new user has it: real core systems beside the platform.
 */
@Tag("slow")
class SampleCoreTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String[] OPTIONS = {"--port", "0", "--sample", "30"};

  @TempDir Path parent;

  @Test
  void anActReachesTheSimulatedCoreSystemWhichKeepsItOverACrash() throws Exception {
    assumeTrue(
        Files.exists(Path.of("../simulator/target/app/simulator.jar")),
        "the simulator is not packaged yet");
    Path data = parent.resolve("my 資料");
    List<ProcessHandle> systems;
    String declaration;
    try (PlatformProcess platform = PlatformProcess.run(data, OPTIONS)) {
      SignedIn officer = officer(platform.ready(), data);
      systems = systems(data);
      assertThat(systems).hasSize(4);
      assertThat(json(officer.get("/api/v1/core")).path("items")).hasSize(4);
      declaration = anOpenDeclaration(officer);
      signIn(officer);
      assertThat(heldAtCustoms(officer, declaration)).isFalse();

      String command = hold(officer, data, declaration);

      await().atMost(SOON).until(() -> state(officer, declaration, command).equals("done"));
      platform.kill();
    }
    await().atMost(SOON).until(() -> systems.stream().noneMatch(ProcessHandle::isAlive));

    try (PlatformProcess platform = PlatformProcess.run(data, OPTIONS)) {
      SignedIn officer = officer(platform.ready(), data);
      await().atMost(SOON).untilAsserted(() -> signIn(officer));
      assertThat(heldAtCustoms(officer, declaration)).isTrue();

      String again = hold(officer, data, declaration);

      await().atMost(SOON).until(() -> state(officer, declaration, again).equals("refused"));
      assertThat(command(officer, declaration, again).path("code").asString()).isEqualTo("E31");
      List<ProcessHandle> running = systems(data);
      platform.terminate();
      assertThat(platform.exitCode()).isEqualTo(143);
      assertThat(running).hasSize(4).noneMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void otherCoreSystemsOfTheSettingsAreNotReplaced() throws Exception {
    Path data = Files.createDirectories(parent.resolve("own"));
    Files.writeString(data.resolve("core.json"), "{\"systems\": {}}");

    try (PlatformProcess platform =
        PlatformProcess.run(data, "--sample", "none", "--core", "sample")) {
      assertThat(platform.exitCode()).isEqualTo(2);
      assertThat(platform.errors()).contains("names other core systems");
    }
  }

  private static SignedIn officer(URI site, Path data) throws IOException {
    SignedIn officer = SignedIn.stranger(site, "officer");
    assertThat(officer.logIn(password(data)).statusCode()).isEqualTo(200);
    return officer;
  }

  private static String password(Path data) throws IOException {
    return Files.readAllLines(data.resolve("demo-accounts.txt")).stream()
        .filter(line -> line.startsWith("officer "))
        .map(line -> line.split("\\s+")[1])
        .findFirst()
        .orElseThrow();
  }

  private static List<ProcessHandle> systems(Path data) {
    return ProcessHandle.allProcesses()
        .filter(process ->
            process
                .info()
                .arguments()
                .map(List::of)
                .filter(
                    words -> words.contains("core") && words.toString().contains(data + "/core/"))
                .isPresent())
        .toList();
  }

  private static void signIn(SignedIn officer) {
    HttpResponse<String> in =
        officer.post(
            "/api/v1/core/customs/sign-in", Map.of("user", "wang", "password", "customs wang 1"));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
  }

  private static String anOpenDeclaration(SignedIn officer) {
    for (JsonNode item : json(officer.get("/api/v1/flow")).path("items")) {
      if (!item.path("phase").asString().equals("released")) {
        return item.path("key").asString();
      }
    }
    throw new AssertionError("nothing is open in this world");
  }

  private static String encoded(String declaration) {
    return declaration.replace(" ", "%20");
  }

  private static boolean heldAtCustoms(SignedIn officer, String declaration) {
    HttpResponse<String> found =
        officer.get("/api/v1/core/customs/declarations/" + encoded(declaration));
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    return json(found).at("/record/held").asBoolean();
  }

  private static String hold(SignedIn officer, Path data, String declaration) throws IOException {
    String path = "/api/v1/declarations/" + encoded(declaration) + "/acts";
    Map<String, String> input = Map.of("act", "hold", "reason", "looked at anew");
    HttpResponse<String> confirmed =
        officer.confirm(path, input, officer.draft(path, input), password(data));
    assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(200);
    return json(confirmed).path("command").asString();
  }

  private static JsonNode command(SignedIn officer, String declaration, String id) {
    JsonNode next = json(officer.get("/api/v1/declarations/" + encoded(declaration) + "/next"));
    for (JsonNode command : next.path("commands")) {
      if (command.path("id").asString().equals(id)) {
        return command;
      }
    }
    throw new AssertionError(next.toString());
  }

  private static String state(SignedIn officer, String declaration, String id) {
    return command(officer, declaration, id).path("state").asString();
  }
}
