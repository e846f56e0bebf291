package tongguan.record;

import java.time.Instant;
import java.util.UUID;

/**
 * Who told a fact and when it happened, the stamp by which facts about the same thing are ordered:
 * the newest event time wins, ties by rank, then by tie. No part of it depends on when the message
 * arrived, so that messages in any order give the same state.
 *
 * @param at when it happened, by the sender's message
 * @param rank trust in the source times ten, plus the precedence of the message's function (see
 *     {@link Function}), so that an amendment with the original's date still wins over it
 * @param tie the first eight bytes of the raw message's SHA-256
 * @param message the id of the stored raw message
 * @param source the sender's id
 * @param classification 0 ordinary (普通), 1 secret (密), 2 confidential (機密)
 */
public record Told(
    Instant at, int rank, long tie, UUID message, String source, int classification) {

  /** Told without a classification, which is ordinary. */
  public Told(Instant at, int rank, long tie, UUID message, String source) {
    this(at, rank, tie, message, source, 0);
  }

  public Told classified(int level) {
    return new Told(at, rank, tie, message, source, level);
  }

  /** What a message does to what the same document said before (UN/EDIFACT 1225). */
  public enum Function {
    ORIGINAL,
    CHANGE,
    REPLACE,
    CANCEL
  }

  public static int rank(int sourceRank, Function function) {
    return sourceRank * 10 + function.ordinal();
  }

  /** The same teller at another moment: one message may tell of several events. */
  public Told at(Instant moment) {
    return new Told(moment, rank, tie, message, source, classification);
  }
}
