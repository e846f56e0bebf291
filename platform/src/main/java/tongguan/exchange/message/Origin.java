package tongguan.exchange.message;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import tongguan.record.Told;

/**
 * Where a message comes from, the part of a fact's stamp that its content does not decide.
 *
 * @param message the id under which the raw message is stored
 * @param source the sender that the message declares
 * @param rank how much the source is trusted: core system 3, other agency or terminal 2, carrier 1
 * @param tie the first eight bytes of the raw message's SHA-256
 */
public record Origin(UUID message, String source, int rank, long tie) {

  public static Origin of(UUID message, String source, int rank, byte[] sha256) {
    return new Origin(message, source, rank, ByteBuffer.wrap(sha256).getLong());
  }

  /** The stamp of a fact that happened at a moment, told by a message of this function. */
  public Told told(Instant at, Told.Function function) {
    return new Told(at, Told.rank(rank, function), tie, message, source);
  }
}
