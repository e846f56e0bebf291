package tongguan.steward.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileListTest {
  @TempDir Path image;
  private FileList list;

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(image.resolve("bin"));
    Files.writeString(image.resolve("bin/steward"), "program");
    Files.writeString(image.resolve("modules"), "classes");
    Files.createSymbolicLink(image.resolve("link"), Path.of("modules"));
    list = new FileList(image);
    list.make();
  }

  @Test
  void whatWasBuiltFits() {
    assertThat(list.mismatch()).isEmpty();
  }

  @Test
  void whatWasChangedIsMissingOrCameInIsNamed() throws IOException {
    Files.writeString(image.resolve("modules"), "Classes");
    assertThat(list.mismatch()).contains("changed: modules");
    Files.delete(image.resolve("modules"));
    assertThat(list.mismatch()).contains("missing: modules");
    Files.writeString(image.resolve("modules"), "classes");
    Files.writeString(image.resolve("more"), "x");
    assertThat(list.mismatch()).contains("not ours: more");
    Files.delete(image.resolve("more"));
    Files.delete(image.resolve("link"));
    Files.createSymbolicLink(image.resolve("link"), Path.of("bin"));
    assertThat(list.mismatch()).contains("changed: link");
  }

  @Test
  void withoutTheListOrWithADamagedOneNothingFits() throws IOException {
    Files.writeString(image.resolve("files.sha256"), "x");
    assertThat(list.mismatch()).isPresent();
    Files.delete(image.resolve("files.sha256"));
    assertThat(list.mismatch()).isPresent();
  }

  /** Putting the file back does not make it forgotten; a start does, which looks again. */
  @Test
  void whatWasNoticedStaysNoticed() throws IOException {
    Integrity integrity = new Integrity(Optional.of(list));
    integrity.check();
    assertThat(integrity.mismatch()).isEmpty();
    Files.writeString(image.resolve("modules"), "Classes");
    integrity.check();
    Files.writeString(image.resolve("modules"), "classes");
    integrity.check();

    assertThat(integrity.mismatch()).contains("changed: modules");
  }
}
