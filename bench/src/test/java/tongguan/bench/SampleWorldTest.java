package tongguan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.exchange.sending.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The sample world, written by the simulator, sent to a platform: each a process of its own, with
 * nothing in common but the messages.
 */
class SampleWorldTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path scratch;
  private static PlatformProcess platform;
  private static HttpClient client;
  private static String cookie;
  private static JsonNode index;
  private static Import.Counts counts;

  @BeforeAll
  static void send() throws Exception {
    Path folder = scratch.resolve("world");
    simulate(folder);
    index = JSON.readTree(Files.readString(folder.resolve("index.json")));
    platform = PlatformProcess.start(scratch.resolve("data"));
    client = HttpClient.newHttpClient();
    cookie = SignedIn.cookie(platform.address(), platform.database());
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> !file.endsWith("index.json")).sorted().toList();
    }
    counts = new Import(platform.address(), platform.token(), "en").send(files, sent -> {});
  }

  @AfterAll
  static void stop() {
    platform.close();
    client.close();
  }

  @Test
  void everyMessageIsAccountedFor() {
    long written = 0;
    for (JsonNode count : index.path("messages")) {
      written += count.asLong();
    }
    long endsMissing =
        index
            .path("broken")
            .valueStream()
            .filter(broken -> broken.has("reference") && !broken.has("kind"))
            .count();

    assertThat(counts.messages()).isEqualTo(written + endsMissing);
    assertThat(counts.known()).isEqualTo(index.path("repeated").asLong());
    assertThat(counts.refused()).isZero();
  }

  @Test
  void exactlyTheBrokenMessagesAreInQuarantine() throws Exception {
    List<String> quarantined = new ArrayList<>();
    for (JsonNode message : get("api/v1/messages?outcome=quarantined&limit=200").path("items")) {
      quarantined.add(message.path("reference").asString(""));
    }

    assertThat(index.path("broken").size()).isGreaterThan(10);
    assertThat(quarantined).containsExactlyInAnyOrderElementsOf(references().toList());
  }

  @Test
  void everyKeyThatTheWorldOffersIsFound() throws Exception {
    for (JsonNode key : index.path("try")) {
      String typed = URLEncoder.encode(key.path("key").asString(), StandardCharsets.UTF_8);
      JsonNode dossier = get("api/v1/dossiers?key=" + typed);

      assertThat(dossier.path("subject").path("kind").asString(""))
          .as(key.toString())
          .isEqualTo(key.path("kind").asString());
    }
  }

  private static Stream<String> references() {
    return index.path("broken").valueStream().map(broken -> broken.path("reference").asString(""));
  }

  private static JsonNode get(String path) throws IOException, InterruptedException {
    URI address = platform.address().resolve("/" + path);
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(address).header("Cookie", cookie).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  private static void simulate(Path folder) throws IOException, InterruptedException {
    Process simulator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "tongguan.simulator.Simulator",
                "--containers",
                "800",
                "--until",
                "2026-11-20",
                "--out",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(simulator.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(simulator.exitValue()).isZero();
  }
}
