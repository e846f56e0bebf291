package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is killed between storing and applying loses nothing. */
class CrashTest {
  private static final String TIME = "2026-11-20T08:30:00+08:00";

  @TempDir Path data;

  @Test
  void whatAKilledNodeStoredIsAppliedByTheNextOne() throws Exception {
    try (Node node = Node.start()) {
      Process victim = startProcess(node);
      try (Connection blocker =
          DriverManager.getConnection(node.url.jdbc(), node.url.user(), node.url.password())) {
        String address = readyAddress(victim);
        // Applying a movement has to wait for this lock, storing the message has not.
        blocker.setAutoCommit(false);
        blocker.createStatement().execute("lock table record.movement in access exclusive mode");
        CompletableFuture<HttpResponse<String>> unanswered = post(node, address);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> node.rows("select outcome from exchange.message").size() == 1);

        victim.destroyForcibly().waitFor();

        assertThat(unanswered).failsWithin(Duration.ofSeconds(10));
        assertThat(node.rows("select outcome from exchange.message"))
            .containsExactly(List.of("received"));
        blocker.rollback();
      }

      try (Node next = node.beside()) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() ->
                next.rows("select outcome from exchange.message")
                    .equals(List.of(List.of("applied"))));
        assertThat(next.rows("select container from record.movement"))
            .containsExactly(List.of("CSQU3054383"));
        assertThat(next.send(Messages.gateIn("C-1", "CSQU3054383", TIME)).path("known").intValue())
            .isEqualTo(1);
      }
    }
  }

  @Test
  void aMessageOnWhichNodesDieIsSetAsideAfterSomeTries() {
    try (Node node = Node.start()) {
      node.send(Messages.gateIn("C-2", "CSQU3054383", TIME));
      node.execute(
          "update exchange.message set outcome = 'received', applied_at = null, attempts = 5, "
              + "received_at = now() - interval '1 hour'");

      await()
          .atMost(Duration.ofSeconds(60))
          .until(() ->
              node.rows("select outcome from exchange.message")
                  .equals(List.of(List.of("quarantined"))));

      assertThat(node.rows("select reason ->> 'code' from exchange.message"))
          .containsExactly(List.of("gave-up"));
    }
  }

  private Process startProcess(Node node) throws IOException {
    String login = node.url.user() + ":" + node.url.password() + "@";
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "tongguan.Tongguan",
            "run",
            "--port",
            "0",
            "--sample",
            "none",
            "--data",
            data.toString());
    builder
        .environment()
        .put(
            "TONGGUAN_DATABASE_URL",
            node.url.jdbc().replace("jdbc:", "").replace("//", "//" + login));
    return builder.redirectError(new File(data.toFile(), "error.log")).start();
  }

  private static String readyAddress(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        return line.substring("ready ".length());
      }
    }
    throw new AssertionError("the process ended before it was ready");
  }

  private static CompletableFuture<HttpResponse<String>> post(Node node, String address) {
    return HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(URI.create(address + "/api/v1/messages"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + node.relay.token())
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        Messages.gateIn("C-1", "CSQU3054383", TIME)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
