package tongguan.exchange.edifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Rejection;

/**
 * A piece of a transmission: a message, or bytes that are none. Every byte that is not blank
 * belongs to a part, to the head of an interchange that parts have as their context, or to a right
 * trailer. Parts share the bytes of the transmission and copy theirs on demand.
 */
public sealed interface Part {

  /** 1 for the first part of the transmission. */
  int position();

  /** Where the part begins in the transmission, in bytes. */
  long offset();

  /** The bytes of the part. */
  byte[] raw();

  Slice slice();

  /** The group of messages that it stands in, if any. */
  @Nullable Group group();

  /** The interchange that it stands in, if any. */
  @Nullable Interchange interchange();

  /** The message type that it says it is, such as CUSCAR. */
  @Nullable String kind();

  /** The interchange's control reference, a slash, the message's reference. */
  @Nullable String reference();

  /** The sender that the interchange names. */
  @Nullable String sender();

  /** A message as an envelope: what is in it is for {@link EdifactMessages#read} to say. */
  record Message(
      int position,
      Slice slice,
      Slice head,
      Interchange interchange,
      @Nullable Group group,
      String kind,
      String messageReference)
      implements Part {

    /** UNH to UNT, nothing else. */
    @Override
    public byte[] raw() {
      return slice.copy();
    }

    /** UNA and UNB: all that is needed to read the message again later. */
    public byte[] context() {
      return head.copy();
    }

    @Override
    public long offset() {
      return slice.from();
    }

    @Override
    public String reference() {
      return interchange.controlReference() + '/' + messageReference;
    }

    @Override
    public String sender() {
      return interchange.senderName();
    }

    /** When the interchange was made, by its sender. */
    public @Nullable Instant prepared() {
      return interchange.prepared();
    }

    /**
     * The bytes by which the same message is known again: {@link #raw}, and before it as much of
     * the context as its facts depend on.
     */
    public byte[] identity() {
      byte[] raw = raw();
      StringBuilder context = new StringBuilder();
      if (!interchange.service().isDefault()) {
        context.append(interchange.service());
      }
      if (!CharacterSets.isAscii(raw)) {
        context.append(interchange.syntaxIdentifier());
      }
      if (!MessageDate.isTold(raw, interchange.service())) {
        context.append(interchange.prepared());
      }
      if (context.isEmpty()) {
        return raw;
      }
      ByteArrayOutputStream identity = new ByteArrayOutputStream(raw.length + 100);
      identity.writeBytes(context.toString().getBytes(StandardCharsets.UTF_8));
      identity.writeBytes(raw);
      return identity.toByteArray();
    }
  }

  /** What cannot be taken as a message, with the reason. */
  record Broken(
      int position,
      Slice slice,
      @Nullable Interchange interchange,
      @Nullable Group group,
      @Nullable String kind,
      @Nullable String messageReference,
      Rejection reason)
      implements Part {

    @Override
    public byte[] raw() {
      return slice.copy();
    }

    @Override
    public long offset() {
      return slice.from();
    }

    @Override
    public @Nullable String reference() {
      if (interchange == null) {
        return messageReference;
      }
      return messageReference == null
          ? interchange.controlReference()
          : interchange.controlReference() + '/' + messageReference;
    }

    @Override
    public @Nullable String sender() {
      return interchange == null ? null : interchange.senderName();
    }
  }

  /** A range of the transmission's bytes. */
  record Slice(byte[] bytes, int from, int to) {
    byte[] copy() {
      return Arrays.copyOfRange(bytes, from, to);
    }

    int length() {
      return to - from;
    }
  }
}
