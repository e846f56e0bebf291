package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import tongguan.base.database.Sql;

/** Slows the one who guesses over many accounts from one address or device. */
public final class Guessing {
  public static final int WINDOW_SECONDS = 600;

  private Guessing() {}

  /** Counts a try from there; false where there were too many in the last ten minutes. */
  public static boolean take(Connection tx, String source) throws SQLException {
    return Sql.of(tx, TAKE, source).exists();
  }

  private static final String TAKE =
      """
      insert into identity.guess as g (source, fails) values (?, 1)
      on conflict (source) do update
      set fails = case when g.since < clock_timestamp() - interval '10 minutes' then 1 else g.fails + 1 end,
        since = case when g.since < clock_timestamp() - interval '10 minutes' then clock_timestamp()
          else g.since end
      where g.since < clock_timestamp() - interval '10 minutes'
        or g.fails < (select p.value from identity.policy p where p.code = 'guess-limit')
      returning fails
      """;

  /** A try that was not one. */
  public static void giveBack(Connection tx, String source) throws SQLException {
    Sql.of(tx, "update identity.guess set fails = greatest(fails - 1, 0) where source = ?", source)
        .update();
  }
}
