package tongguan.fleet.authority;

import java.sql.Connection;
import java.sql.SQLException;
import tongguan.base.database.Sql;

/** What all nodes of this installation sign with, so that none was given other files by mistake. */
public final class SigningKeys {
  public static final String AUTHORITY = "authority";
  public static final String COMMAND = "command";

  private SigningKeys() {}

  /** Notes the first one; false where this installation signs with another one. */
  public static boolean isOurs(Connection connection, String name, byte[] digest)
      throws SQLException {
    Sql.of(
            connection,
            "insert into fleet.signing_key (name, digest) values (?, ?) on conflict (name) do nothing",
            name,
            digest)
        .update();
    return Sql.of(
            connection, "select from fleet.signing_key where name = ? and digest = ?", name, digest)
        .exists();
  }

  /**
   * From now on this installation signs with the next one; false where it did not with this one.
   */
  static boolean succeed(Connection connection, String name, byte[] before, byte[] next)
      throws SQLException {
    return Sql.of(
                connection,
                """
                update fleet.signing_key set digest = ?, since = clock_timestamp()
                where name = ? and digest = ?
                """,
                next,
                name,
                before)
            .update()
        > 0;
  }
}
