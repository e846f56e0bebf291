package tongguan.base.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import tongguan.base.StartFailure;

/**
 * Brings the database to the shape that this version needs: one folder of migrations per room, in
 * floor order by their version numbers, one common history. Run by the owner; the application's
 * role gets rows, not tables.
 */
public final class Migrations {
  private static final int SERVER_VERSION = 180000;

  private Migrations() {}

  /**
   * Migrates, unless the database says that these very migrations have been run: then their reading
   * and checking, a third of a start, is left out.
   */
  public static void run(DatabaseUrl owner, List<String> rooms) {
    String fingerprint = Fingerprint.of(rooms);
    if (fingerprint.equals(known(owner))) {
      return;
    }
    try {
      flyway(owner, rooms).migrate();
      remember(owner, fingerprint);
    } catch (FlywayException e) {
      throw StartFailure.environment(
          "The database at %s cannot be brought to the shape that this version needs (%s)."
              .formatted(owner, String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ")));
    }
  }

  /** Empty where it was never said, or where the history has changed since. */
  private static String known(DatabaseUrl owner) {
    try (Connection connection = connect(owner);
        var statement = connection.createStatement();
        var row = statement.executeQuery(KNOWN)) {
      return row.next() ? row.getString(1) : "";
    } catch (SQLException notYetThere) {
      return "";
    }
  }

  /**
   * What was said holds for as many migrations as were there; a restored or mended history has
   * others.
   */
  private static final String KNOWN =
      """
      select f.digest from base.fingerprint f
      where f.migrations = (select count(*) from base.migration where success)
      """;

  private static void remember(DatabaseUrl owner, String fingerprint) {
    try (Connection connection = connect(owner);
        var statement =
            connection.prepareStatement(
                """
                insert into base.fingerprint (digest, migrations)
                select ?, (select count(*) from base.migration where success)
                on conflict (one) do update
                set digest = excluded.digest, migrations = excluded.migrations
                """)) {
      statement.setString(1, fingerprint);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw StartFailure.environment(
          "The database at %s cannot be written by its owner (%s).".formatted(owner, firstLine(e)));
    }
  }

  private static Flyway flyway(DatabaseUrl owner, List<String> rooms) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(owner.jdbc(), owner.user(), owner.password())
        .locations(rooms.stream().map(room -> "classpath:migration/" + room).toArray(String[]::new))
        .defaultSchema("base")
        .table("migration")
        .outOfOrder(true)
        .failOnMissingLocations(true)
        .validateMigrationNaming(true)
        .load();
  }

  /** Makes the platform's database where the embedded server does not have it yet. */
  static void createDatabase(EmbeddedPostgres postgres) {
    String name = EmbeddedPostgres.databaseName();
    try (Connection connection = connect(postgres.maintenance());
        var statement = connection.createStatement();
        var row =
            statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
      if (!row.next()) {
        statement.execute("create database " + name);
      }
    } catch (SQLException e) {
      throw EmbeddedPostgres.failure(
          "the database could not be created", String.valueOf(e.getMessage()));
    }
  }

  /** Refuses a server that cannot be reached or is too old, in one sentence. */
  public static void requireServer(DatabaseUrl url) {
    try (Connection connection = connect(url);
        var statement = connection.createStatement();
        var row = statement.executeQuery("show server_version_num")) {
      if (!row.next() || row.getInt(1) < SERVER_VERSION) {
        throw StartFailure.environment(
            "The database at " + url + " is older than PostgreSQL 18; use a newer server.");
      }
    } catch (SQLException e) {
      throw StartFailure.environment(
          "The database at %s cannot be reached (%s); check TONGGUAN_DATABASE_URL and that the server runs."
              .formatted(url, firstLine(e)));
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", url.user());
    properties.setProperty("password", url.password());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(url.jdbc(), properties);
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
