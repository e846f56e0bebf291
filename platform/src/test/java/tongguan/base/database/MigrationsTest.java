package tongguan.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tongguan.Platform;
import tongguan.base.StartFailure;

class MigrationsTest {
  private static final List<String> ROOMS = Platform.ROOMS;

  @Test
  void whatIsThereAlreadyIsNotReadAgain() {
    DatabaseUrl url = TestDatabase.empty();
    Migrations.run(url, ROOMS);
    String ran = TestDatabase.text(url, "select count(*) from base.migration");
    // A history that Flyway would refuse shows whether it was asked.
    TestDatabase.execute(url, "update base.migration set checksum = 1 where version = '010'");

    Migrations.run(url, ROOMS);

    assertThat(TestDatabase.text(url, "select count(*) from base.migration")).isEqualTo(ran);
  }

  @Test
  void aMigrationThatWasEditedIsRefused() {
    DatabaseUrl url = TestDatabase.empty();
    Migrations.run(url, ROOMS);
    TestDatabase.execute(url, "update base.migration set checksum = 1 where version = '010'");
    TestDatabase.execute(url, "update base.fingerprint set digest = 'of other files'");

    assertThatThrownBy(() -> Migrations.run(url, ROOMS))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be brought to the shape");
  }

  @Test
  void aNewVersionBringsItsNewMigrations() {
    DatabaseUrl url = TestDatabase.empty();
    Migrations.run(url, List.of("base", "audit"));
    assertThat(TestDatabase.text(url, "select to_regclass('exchange.message') is null"))
        .isEqualTo("t");

    Migrations.run(url, ROOMS);

    assertThat(TestDatabase.text(url, "select to_regclass('exchange.message') is null"))
        .isEqualTo("f");
  }

  @Test
  void aHistoryThatLostAnEntryIsLookedAtAgain() {
    DatabaseUrl url = TestDatabase.empty();
    Migrations.run(url, ROOMS);
    TestDatabase.execute(url, "delete from base.migration where version = '070'");

    // Its tables are there, so that running it again must fail: it was not taken for done.
    assertThatThrownBy(() -> Migrations.run(url, ROOMS)).isInstanceOf(StartFailure.class);
  }
}
