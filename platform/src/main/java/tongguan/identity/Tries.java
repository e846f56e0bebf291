package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import tongguan.base.database.Sql;

/**
 * Three tries. One is taken in one conditional statement before the password is looked at, by
 * log-in, unlocking and confirmation alike, so that of a thousand at once exactly three are
 * evaluated. A crash never gives one back; only success clears, and only where no other try came in
 * between.
 *
 * <p>A place is a browser that the account has come in from before, or {@link #ELSEWHERE}: so a
 * stranger who guesses locks strangers out, and not the officer at work. The account as a whole
 * stands a higher number.
 */
final class Tries {
  static final String ELSEWHERE = "elsewhere";
  static final String WHOLE = "*";
  static final int MOST = 3;
  static final int MOST_OF_ALL = 9;

  private Tries() {}

  /** A try that was taken. */
  record Taken(UUID account, String place, long turn, long turnOfAll, boolean last) {}

  /** Takes a try; empty where none is left. To be committed before the password is looked at. */
  static Optional<Taken> take(Connection tx, UUID account, String place) throws SQLException {
    Optional<long[]> own = take(tx, account, place, MOST);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    return take(tx, account, WHOLE, MOST_OF_ALL)
        .map(all ->
            new Taken(
                account,
                place,
                own.get()[0],
                all[0],
                own.get()[1] >= MOST || all[1] >= MOST_OF_ALL));
  }

  private static Optional<long[]> take(Connection tx, UUID account, String place, int most)
      throws SQLException {
    return Sql.of(tx, TAKE, account, place, most, most)
        .first(row -> new long[] {row.getLong("turn"), row.getLong("fails")});
  }

  private static final String TAKE =
      """
      insert into identity.tries as t (account, place, fails) values (?, ?, 1)
      on conflict (account, place) do update
      set fails = case when t.fails >= ? then 1 else t.fails + 1 end, turn = t.turn + 1,
        last_at = clock_timestamp()
      where t.fails < ? or t.last_at < (
        select clock_timestamp() - nullif(p.value, 0) * interval '1 minute'
        from identity.policy p where p.code = 'lock-minutes')
      returning turn, fails
      """;

  /** The password was right. */
  static void clear(Connection tx, Taken taken) throws SQLException {
    Sql.of(tx, CLEAR, taken.turn(), taken.account(), taken.place()).update();
    Sql.of(tx, CLEAR, taken.turnOfAll(), taken.account(), WHOLE).update();
  }

  /** The password was looked at by no one, as is known for certain. */
  static void giveBack(Connection tx, Taken taken) throws SQLException {
    Sql.of(tx, GIVE_BACK, taken.account(), taken.place()).update();
    Sql.of(tx, GIVE_BACK, taken.account(), WHOLE).update();
  }

  private static final String GIVE_BACK =
      """
      update identity.tries set fails = greatest(fails - 1, 0)
      where account = ? and place = ?
      """;

  private static final String CLEAR =
      """
      update identity.tries
      set fails = case when turn = ? then 0 else greatest(fails - 1, 0) end
      where account = ? and place = ?
      """;

  /** An administrator opens the account again. Gives whether it was locked anywhere. */
  static boolean unlock(Connection tx, UUID account) throws SQLException {
    return Sql.of(tx, UNLOCK, account).rows(row -> row.getBoolean(1)).stream()
        .anyMatch(locked -> locked);
  }

  private static final String UNLOCK =
      """
      update identity.tries t
      set fails = 0, turn = t.turn + 1
      from identity.tries before
      where t.account = ? and before.account = t.account and before.place = t.place
      returning before.fails >= case before.place when '*' then 9 else 3 end
      """;
}
