package tongguan.base.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The account under which the platform itself is connected to the embedded database. It owns
 * nothing, inherits nothing and can step into the application's role only, so that a statement
 * which escapes from that role ends up with less and not with everything.
 */
final class ApplicationLogin {
  static final String NAME = "tongguan_platform";

  private ApplicationLogin() {}

  /** Makes the account, or gives the one that is there a new password. */
  static void make(DatabaseUrl owner, String password) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(owner.jdbc(), owner.user(), owner.password())) {
      connection.setAutoCommit(false);
      // A role's password takes no place-holder; the setting holds it for this transaction alone.
      Sql.of(connection, "select set_config('tongguan.password', ?, true)", password).exists();
      Sql.of(connection, MAKE).update();
      connection.commit();
    }
  }

  private static final String MAKE =
      """
      do $$
      begin
        if not exists (select from pg_roles where rolname = 'tongguan_app') then
          create role tongguan_app nologin;
        end if;
        if not exists (select from pg_roles where rolname = 'tongguan_platform') then
          create role tongguan_platform login noinherit;
        end if;
        grant tongguan_app to tongguan_platform;
        execute format('alter role tongguan_platform password %L', current_setting('tongguan.password'));
      end $$
      """;
}
