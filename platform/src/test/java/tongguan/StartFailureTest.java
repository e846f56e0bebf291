package tongguan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** What keeps the platform from starting is told in one sentence that says what to do. */
class StartFailureTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fly                       | There is no verb "fly"; see ./tongguan --help.
          run --fast                | run does not know "--fast"; it takes --port, --data, --sample, --core, --tls and --name (see run --help).
          run 8080                  | run does not know "8080"; it takes --port, --data, --sample, --core, --tls and --name (see run --help).
          run --port                | run: --port needs a value.
          run --port x              | run: --port "x" is not a number from 0 to 65535.
          run --port 65536          | run: --port "65536" is not a number from 0 to 65535.
          run --sample big          | run: --sample "big" is not a number from 0 to 10000000.
          run --core maybe          | run: --core "maybe" is neither none nor sample.
          run --sample -1           | run: --sample "-1" is not a number from 0 to 10000000.
          run --name customs.test   | run: --name means nothing without --tls ADDRESS:PORT.
          run --tls 0.0.0.0:8443    | run: --tls needs --name HOST, under which devices reach this server, or a certificate of its own in TONGGUAN_TLS_CERTIFICATE.
          run --tls 8443 --name x   | run: --tls "8443" is not an address and a port such as 0.0.0.0:8443 or [::]:8443.
          run --tls host:1 --name x | run: --tls "host:1" is not an address and a port such as 0.0.0.0:8443 or [::]:8443.
          run --tls ::1:1 --name x  | run: --tls "::1:1" is not an address and a port such as 0.0.0.0:8443 or [::]:8443.
          run --tls [::]:65536 --name x | run: --tls "[::]:65536" is not an address and a port such as 0.0.0.0:8443 or [::]:8443.
          run --tls [::]:1 --name a/b   | run: --name "a/b" is neither a host name nor an address.
          """)
  void aWrongCommandLineEndsWithCodeTwo(String line, String sentence) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();

    int code =
        Tongguan.run(
            List.of(line.split(" ")),
            System.out,
            new PrintStream(errors, true, StandardCharsets.UTF_8));

    assertThat(errors.toString(StandardCharsets.UTF_8).strip()).isEqualTo(sentence);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }

    String sentence = failureOn("postgresql://app:s3cret@127.0.0.1:" + closed + "/customs", 1);

    assertThat(sentence)
        .startsWith(
            "The database at jdbc:postgresql://127.0.0.1:%d/customs as app cannot be reached ("
                .formatted(closed))
        .endsWith("check TONGGUAN_DATABASE_URL and that the server runs.")
        .doesNotContain("s3cret");
  }

  @Test
  void aWrongPasswordAndAMissingDatabaseAreToldApart() throws Exception {
    DatabaseUrl real = TestDatabase.empty();
    String place = real.jdbc().replace("jdbc:postgresql://", "");

    assertThat(failureOn("postgresql://" + real.user() + ":wrong@" + place, 1))
        .contains("password authentication failed for user");
    assertThat(
            failureOn(
                "postgresql://%s:%s@%s-not".formatted(real.user(), real.password(), place), 1))
        .contains("does not exist");
  }

  @Test
  void aUrlThatCannotBeReadIsNotRepeatedSinceItMayHoldAPassword() throws Exception {
    assertThat(failureOn("mysql://app:s3cret@db/customs", 2))
        .isEqualTo(
            "TONGGUAN_DATABASE_URL cannot be read; write it as postgresql://user:password@host:port/database.");
  }

  private String failureOn(String url, int code) throws IOException, InterruptedException {
    try (PlatformProcess platform =
        PlatformProcess.run(Map.of("TONGGUAN_DATABASE_URL", url), folder.resolve("var"))) {
      assertThat(platform.exitCode()).isEqualTo(code);
      return oneSentence(platform.errors());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    try (PlatformProcess platform = PlatformProcess.run(file.resolve("var"))) {
      assertThat(platform.exitCode()).isEqualTo(1);
      assertThat(oneSentence(platform.errors()))
          .startsWith("The data folder " + file + "/var cannot be written (")
          .endsWith("choose another with --data.");
    }
  }

  /** Too small for the programs, and for the cluster that they make. */
  @ParameterizedTest
  @ValueSource(strings = {"30m", "90m"})
  void aFullDiskIsCalledAFullDisk(String size) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    List<String> command = new ArrayList<>();
    // The small disk exists in the process's own mount namespace only, and goes with it.
    command.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c"));
    command.add("mount -t tmpfs -o size=" + size + " none \"$0\" && exec \"$@\"");
    command.add(disk.toString());
    assumeTrue(namespacesAllowed(), "this machine allows no mount namespace");
    command.addAll(
        PlatformProcess.command(
            "run", "--port", "0", "--sample", "none", "--data", disk.resolve("var").toString()));

    try (PlatformProcess platform = PlatformProcess.start(Map.of(), command)) {
      assertThat(platform.exitCode()).as(platform.errors()).isEqualTo(1);
      assertThat(oneSentence(platform.errors()))
          .startsWith("The disk is full: ")
          .endsWith("Free some space or choose another folder with --data.");
    }
  }

  private static boolean namespacesAllowed() throws IOException, InterruptedException {
    return new ProcessBuilder("unshare", "--user", "--map-root-user", "--mount", "true")
            .start()
            .waitFor()
        == 0;
  }

  private static String oneSentence(String errors) {
    String text = errors.strip();
    assertThat(text.lines()).as(text).hasSize(1);
    return text;
  }
}
