package tongguan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.EmbeddedPostgres;

/** Starting, stopping and dying, with real processes, real signals and the embedded database. */
class LifeCycleTest {
  private static final Duration CLEAN_STOP = Duration.ofSeconds(5);

  private static final String MOVEMENT =
      """
      {"kind":"container-movement","reference":"L-1","sender":"KEELT1",
       "eventTime":"2026-11-20T08:30:00+08:00",
       "payload":{"container":"CSQU3054383","movement":"gate-in","place":"TWKEL-E12"}}\
      """;

  /** With a blank and a character beyond ASCII, as folders of people are called. */
  @TempDir static Path parent;

  private static Path data;

  @BeforeAll
  static void theFirstStartMakesTheDatabase() throws Exception {
    data = parent.resolve("my 資料");
    try (PlatformProcess first = PlatformProcess.run(data)) {
      first.ready();
      first.terminate();
      assertThat(first.exitCode()).isEqualTo(143);
    }
  }

  @Test
  void sigtermStopsThePlatformAndItsDatabaseWithinFiveSeconds() throws Exception {
    try (PlatformProcess platform = PlatformProcess.run(data)) {
      URI address = platform.ready();
      assertThat(PlatformProcess.status(address.resolve("/health/ready"))).isEqualTo(200);
      ProcessHandle database = database();

      platform.terminate();

      await().atMost(CLEAN_STOP).until(() -> !database.isAlive());
      assertThat(platform.exitCode()).isEqualTo(143);
      assertThat(data.resolve("database/postmaster.pid")).doesNotExist();
      assertThat(Files.readString(data.resolve("log/postgres.log")).strip())
          .endsWith("database system is shut down");
      assertThat(platform.errors()).doesNotContain("Exception");
    }
  }

  @Test
  void sigtermInTheMiddleOfTheSampleWorldStopsJustAsFast() throws Exception {
    assumeTrue(
        Files.exists(Path.of("../simulator/target/app/simulator.jar")),
        "the simulator is not packaged yet");
    try (PlatformProcess platform = PlatformProcess.run(data, "--sample", "2000", "--port", "0")) {
      await().atMost(Duration.ofSeconds(60)).until(() -> platform.errors().contains("files sent"));
      ProcessHandle database = database();

      platform.terminate();

      await().atMost(CLEAN_STOP).until(() -> !database.isAlive());
      assertThat(platform.exitCode()).isEqualTo(143);
      assertThat(data.resolve("sample.json")).doesNotExist();
    }
  }

  @Test
  void aKilledPlatformFindsItsDataAgainAndTheOrphanedDatabaseIsReplaced() throws Exception {
    long orphan;
    try (PlatformProcess victim = PlatformProcess.run(data)) {
      URI address = victim.ready();
      assertThat(send(address, "applied")).isEqualTo(1);
      orphan = database().pid();
      victim.kill();
    }
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (PlatformProcess next = PlatformProcess.run(data)) {
      URI address = next.ready();
      assertThat(database().pid()).isNotEqualTo(orphan);
      assertThat(runs(orphan)).isFalse();
      assertThat(send(address, "known")).isEqualTo(1);

      // Now as a power failure has it: nobody gets to say a word.
      ProcessHandle server = database();
      next.kill();
      server.destroyForcibly();
      await().atMost(Duration.ofSeconds(10)).until(() -> !server.isAlive());
    }

    try (PlatformProcess last = PlatformProcess.run(data)) {
      assertThat(send(last.ready(), "known")).isEqualTo(1);
    }
  }

  @Test
  void aFolderInUseIsNotTakenAndItsPlatformGoesOn() throws Exception {
    try (PlatformProcess first = PlatformProcess.run(data)) {
      URI address = first.ready();

      try (PlatformProcess second = PlatformProcess.run(data)) {
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.errors().strip())
            .isEqualTo(
                "The data folder "
                    + data
                    + " is in use by another platform; stop that one or choose another folder with --data.");
      }

      assertThat(PlatformProcess.status(address.resolve("/health/ready"))).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsNamedAndAnExternalDatabaseServesTwoNodes() throws Exception {
    try (PlatformProcess first = PlatformProcess.run(data)) {
      URI address = first.ready();
      DatabaseUrl shared = EmbeddedPostgres.running(data).orElseThrow();

      try (PlatformProcess refused =
          PlatformProcess.run(
              PlatformProcess.on(shared),
              parent.resolve("taken"),
              "--port",
              String.valueOf(address.getPort()))) {
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.errors().strip())
            .isEqualTo(
                "Port "
                    + address.getPort()
                    + " is taken; choose another with --port, or stop what listens there.");
      }
      // Both sign what devices believe.
      Map<String, String> sharing = new HashMap<>(PlatformProcess.on(shared));
      sharing.put("TONGGUAN_FLEET_KEYS", data.resolve("fleet").toString());
      try (PlatformProcess second = PlatformProcess.run(sharing, parent.resolve("second"))) {
        assertThat(PlatformProcess.status(second.ready().resolve("/health/ready"))).isEqualTo(200);
        second.terminate();
        assertThat(second.exitCode()).isEqualTo(143);
      }
      assertThat(PlatformProcess.status(address.resolve("/health/ready"))).isEqualTo(200);
    }
  }

  /**
   * Whether a process still runs; one that ended and that nobody has collected yet (state Z) does
   * not.
   */
  private static boolean runs(long pid) throws IOException {
    try {
      String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return line.charAt(line.lastIndexOf(')') + 2) != 'Z';
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  private static ProcessHandle database() throws IOException {
    String pid = Files.readAllLines(data.resolve("database/postmaster.pid")).getFirst();
    return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
  }

  /** Sends one message, always the same, and returns how many had the outcome. */
  private static int send(URI address, String outcome) throws Exception {
    String token = Files.readString(data.resolve("senders/local-import.token")).strip();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(address.resolve("/api/v1/messages"))
                  .header("Content-Type", "application/json")
                  .header("Authorization", "Bearer " + token)
                  .POST(HttpRequest.BodyPublishers.ofString(MOVEMENT))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return List.of(response.body().split("[,{}]")).contains("\"" + outcome + "\":1") ? 1 : 0;
    }
  }
}
