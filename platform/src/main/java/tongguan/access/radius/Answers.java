package tongguan.access.radius;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tongguan.access.radius.wire.Packet;
import tongguan.base.Limits;

/**
 * What was answered of late, so that a request which comes again gets the same answer and does
 * nothing twice (RFC 5080 §2.2.2). Two generations take turns: an answer is kept for one to two of
 * their lives, and no more of them than there may be.
 */
final class Answers {
  private static final byte[] PENDING = {};

  private record Key(InetSocketAddress from, int code, int identifier, Bytes authenticator) {}

  private record Bytes(byte[] octets) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes same && Arrays.equals(octets, same.octets);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(octets);
    }
  }

  private Map<Key, byte[]> now = new ConcurrentHashMap<>();
  private Map<Key, byte[]> before = new ConcurrentHashMap<>();
  private long turned = System.nanoTime();

  /** What is to be done with a request. */
  sealed interface Earlier {
    /** It has not been here; its answer is awaited from now on. */
    record None(Ticket ticket) implements Earlier {}

    /** It is being worked on. */
    record Pending() implements Earlier {}

    record Answered(byte[] answer) implements Earlier {}
  }

  /** Whoever has it says what was answered, or that nothing was. */
  final class Ticket {
    private final Key key;

    private Ticket(Key key) {
      this.key = key;
    }

    void answered(byte[] answer) {
      put(key, answer);
    }

    void dropped() {
      forget(key);
    }
  }

  synchronized Earlier of(InetSocketAddress from, Packet request) {
    Key key =
        new Key(
            from,
            request.code().ordinal(),
            request.identifier(),
            new Bytes(request.authenticator()));
    turn();
    byte @Nullable [] known = now.getOrDefault(key, before.get(key));
    if (known == null) {
      now.put(key, PENDING);
      return new Earlier.None(new Ticket(key));
    }
    return known == PENDING ? new Earlier.Pending() : new Earlier.Answered(known);
  }

  private void turn() {
    long time = System.nanoTime();
    if (now.size() >= Limits.RADIUS_ANSWERS / 2
        || time - turned >= Limits.RADIUS_ANSWER_LIFE.toNanos()) {
      before = now;
      now = new ConcurrentHashMap<>();
      turned = time;
    }
  }

  private synchronized void put(Key key, byte[] answer) {
    now.put(key, answer);
  }

  private synchronized void forget(Key key) {
    now.remove(key);
    before.remove(key);
  }
}
