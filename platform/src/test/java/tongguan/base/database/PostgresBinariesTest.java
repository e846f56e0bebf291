package tongguan.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tongguan.base.StartFailure;

/** What is unpacked and run is what was looked at when the version was chosen. */
class PostgresBinariesTest {
  @Test
  void theArchiveOnTheClassPathIsTheKnownOne() throws IOException {
    byte[] archive = PostgresBinaries.archive();

    assertThat(PostgresBinaries.sound(PostgresBinaries.archiveName(), archive)).isSameAs(archive);
  }

  @Test
  void anArchiveInWhichOneBitDiffersIsNotUnpacked() throws IOException {
    byte[] archive = PostgresBinaries.archive();
    archive[archive.length / 2] ^= 1;

    assertThatThrownBy(() -> PostgresBinaries.sound(PostgresBinaries.archiveName(), archive))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("build again");
  }

  @Test
  void anArchiveOfAnotherNameIsNotUnpackedEither() throws IOException {
    byte[] archive = PostgresBinaries.archive();

    assertThatThrownBy(() -> PostgresBinaries.sound("postgres-linux-riscv64.txz", archive))
        .isInstanceOf(StartFailure.class);
  }
}
