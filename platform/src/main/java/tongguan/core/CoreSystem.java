package tongguan.core;

import java.util.UUID;

/** A clearance system that owns its data: takes orders, and says what became of them. */
public interface CoreSystem {
  /** The word for it in the API, as {@code sea}. */
  String name();

  /** Sends an order; the same key twice has one effect there. */
  Submitted submit(Order order);

  /** What became of the order with this key. */
  Asked ask(UUID key);
}
