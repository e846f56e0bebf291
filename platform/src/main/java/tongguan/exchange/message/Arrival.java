package tongguan.exchange.message;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One message as it was cut out of what a sender sent, before anything of it is believed. What it
 * says of itself is kept to find it again, even where it cannot be read as a whole.
 *
 * @param context the bytes outside the message that are needed to read it again (an EDIFACT
 *     interchange's UNA, UNB and UNG); empty for JSON
 * @param raw exactly the bytes that were received
 * @param identity the bytes that make it the same message when they come again: raw, and what of
 *     the context changes its meaning
 * @param eventTime when it happened, by the message
 * @param brokenBy why it is no message at all, where that is so
 * @param reader makes facts of it; a pure function, which does not throw for bad input
 * @param classification how secret it says that it is: 0 ordinary, 1 secret, 2 confidential
 */
public record Arrival(
    Notation notation,
    byte[] context,
    byte[] raw,
    byte[] identity,
    @Nullable String kind,
    @Nullable String reference,
    @Nullable String sender,
    @Nullable Instant eventTime,
    @Nullable Rejection brokenBy,
    Function<Origin, Reading> reader,
    int classification) {

  private static final int LONGEST_NAME = 70;

  public Arrival {
    kind = storable(kind);
    reference = storable(reference);
    sender = storable(sender);
  }

  /** One that says nothing of secrecy. */
  public Arrival(
      Notation notation,
      byte[] context,
      byte[] raw,
      byte[] identity,
      @Nullable String kind,
      @Nullable String reference,
      @Nullable String sender,
      @Nullable Instant eventTime,
      @Nullable Rejection brokenBy,
      Function<Origin, Reading> reader) {
    this(notation, context, raw, identity, kind, reference, sender, eventTime, brokenBy, reader, 0);
  }

  /** A piece that is no message: stored and quarantined as it is. */
  public static Arrival broken(Notation notation, byte[] raw, Rejection reason) {
    return new Arrival(
        notation,
        new byte[0],
        raw,
        raw,
        null,
        null,
        null,
        null,
        reason,
        origin -> Reading.refused(reason));
  }

  /** The same with what is known of it nevertheless. */
  public Arrival named(
      @Nullable String itsKind, @Nullable String itsReference, @Nullable String itsSender) {
    return new Arrival(
        notation,
        context,
        raw,
        identity,
        itsKind,
        itsReference,
        itsSender,
        eventTime,
        brokenBy,
        reader,
        classification);
  }

  public Optional<Rejection> fault() {
    return Optional.ofNullable(brokenBy);
  }

  /** Names go into columns and lists: no control characters, no endless ones. */
  private static @Nullable String storable(@Nullable String name) {
    if (name == null || name.isEmpty() || name.length() > LONGEST_NAME) {
      return null;
    }
    boolean plain =
        name.codePoints().noneMatch(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF));
    return plain ? name : null;
  }
}
