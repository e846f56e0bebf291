package tongguan.base.database;

import java.sql.SQLException;
import tongguan.base.Problem;

/** A statement that the database refused or could not finish; its state tells what to do. */
public final class SqlFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String state;

  private SqlFailure(SQLException cause) {
    super(cause.getMessage(), cause);
    this.state = cause.getSQLState() == null ? "" : cause.getSQLState();
  }

  /** For work inside of a transaction that can throw no checked exception. */
  public static RuntimeException within(SQLException e) {
    return of(e);
  }

  /** A {@link Problem} where the database is away, else the failure. */
  static RuntimeException of(SQLException e) {
    SqlFailure failure = new SqlFailure(e);
    boolean away =
        failure.state.startsWith("08")
            || failure.state.startsWith("57P")
            || failure.state.startsWith("53");
    if (!away) {
      return failure;
    }
    Problem problem =
        Problem.unavailable(
            "database-away",
            2,
            "資料庫暫時無法使用，請稍後再試。",
            "The database cannot be reached; try again in a moment.");
    return problem.because(e);
  }

  /** Whether the data was refused, for work that goes on in its transaction. */
  public static boolean isAboutData(SQLException e) {
    return new SqlFailure(e).isAboutData();
  }

  /**
   * Two transactions were in each other's way (deadlock, serialization): the same work may succeed
   * when done again.
   */
  public boolean mayBeRepeated() {
    return state.equals("40P01") || state.equals("40001") || state.equals("55P03");
  }

  /**
   * The data itself was refused: a constraint, a value out of range, text that cannot be stored.
   */
  public boolean isAboutData() {
    return state.startsWith("22") || state.startsWith("23");
  }
}
