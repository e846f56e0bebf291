package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.base.StartFailure;
import tongguan.exchange.sending.ImportVerb;

class ImportTest {
  private static final String TIME = "2026-11-20T08:30:00+08:00";

  @TempDir Path folder;
  private Node node;
  private String printed = "";

  @BeforeEach
  void start() {
    node = Node.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aFolderIsSentInTheOrderOfNamesAndASecondTimeAllIsKnown() throws IOException {
    write("000002-gate.ndjson", Messages.gateIn("I-2", "TGHU1111116", TIME) + "\n");
    write("000001-gate.json", "[" + Messages.gateIn("I-1", "CSQU3054383", TIME) + "]");
    try (OutputStream gz =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("000003-gate.ndjson.gz")))) {
      gz.write(Messages.gateIn("I-3", "TGHU2222221", TIME).getBytes(StandardCharsets.UTF_8));
    }
    write("index.json", "{\"not\":\"a message\"}");
    write("readme.md", "nothing");

    assertThat(run(folder.toString())).isZero();
    assertThat(printed).containsSubsequence("000001", "000002", "000003", "3 applied, 0 known");

    assertThat(run(folder.toString())).isZero();
    assertThat(printed).contains("3 files: 0 applied, 3 known already, 0 quarantined");
  }

  @Test
  void whatIsQuarantinedIsPrintedWithItsReasonAndTheExitCodeIsOne() throws IOException {
    Path file = write("bad.ndjson", Messages.gateIn("I-4", "CSQU3054383", "yesterday"));

    assertThat(run(file.toString())).isEqualTo(1);

    assertThat(printed)
        .contains("message 1 container-movement I-4", "yesterday", "[/eventTime]", "1 quarantined");
  }

  @Test
  void whatIsRefusedAsAWholeIsPrintedAndTheExitCodeIsOne() throws IOException {
    assertThat(run(write("broken.json", "{\"kind\"").toString())).isEqualTo(1);

    assertThat(printed).contains("refused (400)", "1 transmissions refused");
  }

  @Test
  void aFileOfManyLinesGoesInSeveralTransmissions() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      lines.append("{\"kind\":\"nonsense\",\"reference\":\"").append(i).append("\"}\n");
    }

    assertThat(run(write("many.ndjson", lines.toString()).toString())).isEqualTo(1);

    assertThat(printed).contains("30000 quarantined", "... and 29980 more");
    assertThat(node.rows("select messages from exchange.transmission order by id"))
        .containsExactly(List.of("25000"), List.of("5000"));
  }

  @Test
  void wrongUseIsTwoAndWhatTheMachineLacksIsOne() throws IOException {
    Path file = write("a.ndjson", "{}");
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("--fast", file.toString()),
            List.of("--url"),
            List.of("--url", "gopher://x", file.toString()),
            List.of(folder.resolve("none.ndjson").toString()),
            List.of(write("b.pdf", "").toString()))) {
      assertThat(exitCode(wrong, Map.of("TONGGUAN_SENDER_TOKEN", "a.b")))
          .as(wrong + "")
          .isEqualTo(2);
    }
    List<String> nobody = List.of("--url", "http://127.0.0.1:9", file.toString());
    assertThat(exitCode(nobody, Map.of("TONGGUAN_SENDER_TOKEN", "a.b"))).isEqualTo(1);
    List<String> noToken = List.of("--data", folder.resolve("no").toString(), file.toString());
    assertThat(exitCode(noToken, Map.of())).isEqualTo(1);
    List<String> here = List.of("--url", node.address(), file.toString());
    assertThatThrownBy(() -> ImportVerb.run(here, Map.of("TONGGUAN_SENDER_TOKEN", "a.b"), silent()))
        .hasMessageContaining("credential");
  }

  private int run(String... files) {
    List<String> words = new ArrayList<>(List.of("--url", node.address()));
    words.addAll(List.of(files));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        ImportVerb.run(
            words,
            Map.of("TONGGUAN_SENDER_TOKEN", node.relay.token()),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    printed = out.toString(StandardCharsets.UTF_8);
    return code;
  }

  private static int exitCode(List<String> words, Map<String, String> environment) {
    try {
      return ImportVerb.run(words, environment, silent());
    } catch (StartFailure failure) {
      return failure.exitCode();
    }
  }

  private static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
