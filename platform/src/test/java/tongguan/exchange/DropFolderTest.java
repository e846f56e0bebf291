package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropFolderTest {
  private static final String TIME = "2026-11-20T08:30:00+08:00";

  @TempDir Path data;
  private Node node;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    node = Node.start();
    node.platform.open(data);
    folder = Files.createDirectories(data.resolve("inbox/relay"));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void aDroppedFileIsAppliedAndMovedUnderANameOfOurs() throws IOException {
    drop("a file; $(rm).ndjson", Messages.gateIn("D-1", "CSQU3054383", TIME));

    Path done = onlyFileIn(folder.resolve("done"));

    assertThat(done.getFileName().toString()).matches("[0-9T]+-a_file____rm_.ndjson");
    assertThat(node.rows("select container from record.movement"))
        .containsExactly(List.of("CSQU3054383"));
    assertThat(folder.resolve("a file; $(rm).ndjson")).doesNotExist();
  }

  @Test
  void aPartlyBadFileIsRejectedWithWhatWasQuarantinedAndTheRestIsApplied() throws IOException {
    drop(
        "mixed.ndjson",
        Messages.gateIn("D-2", "CSQU3054383", TIME)
            + "\n"
            + Messages.gateIn("D-3", "CSQU3054383", TIME).replace("gate-in", "fly-in"));

    awaitFiles(folder.resolve("rejected"), 2);
    String reason =
        filesIn(folder.resolve("rejected")).stream()
            .filter(file -> file.toString().endsWith(".reason.txt"))
            .map(DropFolderTest::read)
            .findFirst()
            .orElseThrow();

    assertThat(reason).contains("applied 1", "quarantined 1", "D-3", "fly-in", "/payload/movement");
    assertThat(node.rows("select count(*) from record.movement")).containsExactly(List.of("1"));
  }

  @Test
  void aFileThatIsTakenAgainAfterACrashChangesNothing() throws IOException {
    String message = Messages.gateIn("D-4", "CSQU3054383", TIME);
    drop("once.ndjson", message);
    onlyFileIn(folder.resolve("done"));
    List<List<String>> before = node.recordDump();

    drop("once.ndjson", message);
    awaitFiles(folder.resolve("done"), 2);

    assertThat(node.recordDump()).isEqualTo(before);
  }

  @Test
  void filesOfUnknownSendersAndUnknownNamesAreRejectedWithTheReason() throws IOException {
    Files.createDirectories(data.resolve("inbox/stranger"));
    Files.writeString(
        data.resolve("inbox/stranger/x.ndjson"), Messages.gateIn("D-5", "A1234", TIME));
    drop("letter.pdf", "%PDF");

    awaitFiles(data.resolve("inbox/stranger/rejected"), 2);
    awaitFiles(folder.resolve("rejected"), 2);

    assertThat(node.rows("select 1 from exchange.message")).isEmpty();
  }

  @Test
  void unfinishedFilesAreLeftAlone() throws Exception {
    drop("half.ndjson.part", "{");
    drop(".hidden.ndjson", "{");
    drop("after.ndjson", Messages.gateIn("D-6", "CSQU3054383", TIME));
    onlyFileIn(folder.resolve("done"));

    assertThat(folder.resolve("half.ndjson.part")).exists();
    assertThat(folder.resolve(".hidden.ndjson")).exists();
  }

  @Test
  void theCredentialForLocalImportsIsForThePlatformsAccountOnly() throws IOException {
    Path token = data.resolve("senders/local-import.token");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    String text = Files.readString(token).strip();
    assertThat(
            node.postAs("Bearer " + text, "application/json", Messages.gateIn("D-7", "A1234", TIME))
                .statusCode())
        .isEqualTo(200);
  }

  private void drop(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static Path onlyFileIn(Path folder) {
    awaitFiles(folder, 1);
    return filesIn(folder).getFirst();
  }

  private static void awaitFiles(Path folder, int count) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.isDirectory(folder) && filesIn(folder).size() == count);
  }

  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
