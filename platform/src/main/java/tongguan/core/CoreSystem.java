package tongguan.core;

import java.util.UUID;

/**
 * One core system, whatever it speaks beneath. Every call is bounded in time, size and number, and
 * answers at once while the system is left to rest; none throws for what the other side does. Safe
 * for any number of threads.
 */
public interface CoreSystem extends AutoCloseable {
  /** The name of its settings, of its routes and of its commands: {@code sea}, {@code air} ... */
  String name();

  /** Whether it answered lately; asks nothing. */
  Health health();

  /** Shows an officer's own name and password, which are kept nowhere. */
  SignedIn signIn(String user, String password);

  /** Tells it that a token is no longer needed; that it does not hear it is of no consequence. */
  void signOut(String token);

  /** Looks something up in the name of the officer whose token it is. */
  Queried query(String token, Query query);

  /** Hands in an order, under the platform's own account. */
  Submitted submit(Order order);

  /**
   * What became of an order.
   *
   * @param key of the order
   * @param declaration that the order was about: an answer on another one is none
   */
  Asked ask(UUID key, String declaration);

  /**
   * What happened there since.
   *
   * @param cursor as it came with the last events; empty to begin with
   */
  Events events(String cursor);

  @Override
  void close();
}
