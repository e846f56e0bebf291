package tongguan.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.Platform;

/**
 * The embedded database as it is started for real data, and what a statement can do there that
 * escaped from the application's role.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPostgresTest {
  private Path folder;
  private EmbeddedPostgres postgres;
  private Platform platform;

  @BeforeAll
  void start(@TempDir Path data) {
    folder = data;
    postgres = EmbeddedPostgres.start(data);
    platform = new Platform(postgres.application(), postgres.owner(), 0, Clock.systemUTC());
    platform.open(data);
    platform.start();
  }

  @AfterAll
  void stop() {
    platform.close();
    postgres.close();
  }

  private Connection connect() throws SQLException {
    DatabaseUrl url = postgres.application();
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }

  @ParameterizedTest
  @CsvSource({
    "fsync, on",
    "full_page_writes, on",
    "synchronous_commit, on",
    "data_checksums, on",
    "server_encoding, UTF8",
    "password_encryption, scram-sha-256",
    "listen_addresses, 127.0.0.1",
    "TimeZone, UTC"
  })
  void theEmbeddedDatabaseIsSetForRealData(String name, String value) {
    assertThat(TestDatabase.text(postgres.owner(), "show " + name)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from identity.account",
        "set role tongguan_owner",
        "reset role; create table record.mine (a int)",
        "set role tongguan_app; reset role; select * from identity.account",
        "set role tongguan_app; delete from audit.entry",
        "set role tongguan_app; update audit.entry set act = 'x'",
        "set role tongguan_app; drop table audit.entry",
        "set role tongguan_app; alter table record.bill disable row level security",
        "set role tongguan_app; select pg_read_file('/etc/passwd')",
        "set role tongguan_app; copy identity.account to program 'cat'",
        "alter role tongguan_platform superuser",
        "alter system set log_statement = 'all'",
        "create database mine"
      })
  void whatEscapesFromTheRoleOfTheApplicationIsRefused(String statement) throws SQLException {
    try (Connection connection = connect();
        var runs = connection.createStatement()) {
      assertThatThrownBy(() -> runs.execute(statement))
          .isInstanceOf(SQLException.class)
          .hasMessageMatching("(?s).*(permission denied|must be owner|must be superuser).*");
    }
  }

  @Test
  void thePlatformItselfIsConnectedUnderThisAccount() throws SQLException {
    DatabaseUrl owner = postgres.owner();
    try (Connection connection =
            DriverManager.getConnection(owner.jdbc(), owner.user(), owner.password());
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "select distinct usename from pg_stat_activity where application_name = 'tongguan'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(ApplicationLogin.NAME);
      assertThat(rows.next()).as("no other").isFalse();
    }
  }

  @Test
  void itsPasswordIsTheOwnersAlone() throws Exception {
    Path file = folder.resolve("database.platform.secret");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file).strip()).isEqualTo(postgres.application().password());
  }
}
