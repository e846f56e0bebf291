package tongguan.exchange.edifact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of an interchange: who sends what to whom (ISO 9735-1, segments UNA and UNB).
 *
 * @param syntaxIdentifier 0001, the declared character set: UNOA ...
 * @param syntaxVersion 0002, 1 to 4
 * @param sender identification, qualifier and the rest of S002, as it was sent
 * @param recipient S003
 * @param prepared S004; empty when absent or not a date
 * @param controlReference 0020
 * @param acknowledgementRequested 0031 = 1
 */
public record Interchange(
    ServiceCharacters service,
    String syntaxIdentifier,
    String syntaxVersion,
    List<String> sender,
    List<String> recipient,
    @Nullable Instant prepared,
    String controlReference,
    boolean acknowledgementRequested) {

  public Interchange {
    sender = List.copyOf(sender);
    recipient = List.copyOf(recipient);
  }

  /** The sender's identification. */
  public String senderName() {
    return sender.isEmpty() ? "" : sender.getFirst();
  }

  static Interchange of(ServiceCharacters service, ServiceSegment unb) {
    return new Interchange(
        service,
        unb.value(1, 1),
        unb.value(1, 2),
        unb.composite(2),
        unb.composite(3),
        Moments.prepared(unb.value(4, 1), unb.value(4, 2)).orElse(null),
        unb.value(5, 1),
        unb.value(9, 1).equals("1"));
  }

  /** From the bytes of UNA and UNB (and UNG) that are stored with a message. */
  static Optional<Interchange> of(byte[] context) {
    return InterchangeStart.at(context, 0, context.length)
        .flatMap(InterchangeStart::service)
        .map(service -> {
          int unb = InterchangeStart.unb(context, 0, context.length);
          SegmentScan scan = new SegmentScan(context, unb, context.length, service);
          scan.next();
          return of(service, ServiceSegment.of(context, scan.start(), scan.end(), service));
        });
  }
}
