package tongguan.base;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Our own ids: UUID version 7 (RFC 9562 §5.7), whose first 48 bits are the milliseconds, so that
 * they sort by time and index well.
 */
public final class Ids {
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public Ids(Clock clock) {
    this.clock = clock;
  }

  public UUID next() {
    long millis = clock.millis();
    long high = (millis << 16) | 0x7000 | (random.nextInt() & 0x0FFF);
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
