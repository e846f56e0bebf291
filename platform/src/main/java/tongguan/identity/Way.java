package tongguan.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import tongguan.identity.AccountStore.Door;

/** One way to say at log-in who one is, and to prove it. */
interface Way {
  /** For the audit. */
  String code();

  /** Who came, as far as was said; for the audit. */
  String shown();

  /** The account that it claims, if there is one. */
  Optional<Door> door(Connection tx) throws SQLException;

  /** Whether this account can come in by this way at all. */
  boolean leadsTo(Door door);

  /**
   * Whether the claim is proven. A try has been taken, and that committed, before this is asked.
   */
  Verdict look(Door door);

  /**
   * Whether there is someone to be asked who cannot be reached. Looked at after each refusal alike,
   * so that saying so tells nothing of the account.
   */
  default boolean isAway() {
    return false;
  }

  /** Takes as long as looking at a real proof, where there is nothing to look at. */
  void lookAtNothing();

  /** Whether it proves two things at once, so that no second factor is asked for. */
  boolean isWhole();
}
