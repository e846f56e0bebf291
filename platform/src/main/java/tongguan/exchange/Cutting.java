package tongguan.exchange;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.exchange.MessageList.Stored;
import tongguan.exchange.edifact.Contrl;
import tongguan.exchange.edifact.EdifactMessages;
import tongguan.exchange.edifact.Interchanges;
import tongguan.exchange.edifact.Part;
import tongguan.exchange.json.JsonBody;
import tongguan.exchange.json.JsonMessages;
import tongguan.exchange.message.Arrival;
import tongguan.exchange.message.Notation;
import tongguan.exchange.message.Rejection;

/** Cuts a transmission into messages, each notation in its own way. */
final class Cutting {
  static final String JSON = "application/json";
  static final String JSON_LINES = "application/x-ndjson";
  static final Set<String> EDIFACT =
      Set.of("application/edifact", "text/plain", "application/octet-stream");
  static final Set<String> MEDIA_TYPES =
      Set.of(JSON, JSON_LINES, "application/edifact", "text/plain", "application/octet-stream");

  private final JsonMessages json;
  private final Clock clock;

  Cutting(JsonMessages json, Clock clock) {
    this.json = json;
    this.clock = clock;
  }

  Cut cut(String mediaType, byte[] body) {
    return switch (mediaType) {
      case JSON -> cutJson(JsonBody.of(body));
      case JSON_LINES -> cutJson(JsonBody.ofLines(body));
      default -> cutEdifact(Interchanges.split(body));
    };
  }

  private Cut cutJson(JsonBody body) {
    int whole = body.rest() == null ? body.pieces().size() : body.pieces().size() - 1;
    List<Arrival> arrivals = new ArrayList<>();
    for (byte[] piece : body.pieces().subList(0, whole)) {
      arrivals.add(json.look(piece));
    }
    if (body.rest() != null) {
      arrivals.add(Arrival.broken(Notation.JSON, body.pieces().getLast(), body.rest()));
    }
    return arrivals.size() == 1
        ? onlyFault(arrivals.getFirst()).map(Cut::nothing).orElseGet(() -> Cut.into(arrivals))
        : Cut.into(arrivals);
  }

  private Cut cutEdifact(List<Part> parts) {
    if (parts.size() == 1
        && parts.getFirst() instanceof Part.Broken broken
        && broken.interchange() == null) {
      return Cut.nothing(broken.reason());
    }
    return new Cut(
        parts.stream().map(Cutting::arrival).toList(),
        null,
        rejections -> Contrl.replies(parts, rejections, clock.instant()));
  }

  private static Arrival arrival(Part part) {
    return switch (part) {
      case Part.Message message -> arrival(message);
      case Part.Broken broken ->
          Arrival.broken(Notation.EDIFACT, broken.raw(), broken.reason())
              .named(broken.kind(), broken.reference(), broken.sender());
    };
  }

  private static Arrival arrival(Part.Message message) {
    byte[] context = message.context();
    byte[] raw = message.raw();
    byte[] identity = message.identity();
    return new Arrival(
        Notation.EDIFACT,
        context,
        raw,
        identity.length == raw.length ? raw : identity,
        message.kind(),
        message.reference(),
        message.sender(),
        message.prepared(),
        null,
        origin -> EdifactMessages.read(context, raw, origin));
  }

  /** A single piece that is not even JSON: nothing could be cut out. */
  private static Optional<Rejection> onlyFault(Arrival only) {
    return only.fault().filter(fault -> !fault.code().equals("message-too-large"));
  }

  /** A stored message, to be read once more. */
  Piece again(Stored stored) {
    Arrival arrival =
        stored.broken() != null
            ? Arrival.broken(stored.notation(), stored.raw(), stored.broken())
                .named(stored.kind(), stored.reference(), stored.sender())
            : whole(stored);
    return new Piece(arrival, stored.id(), stored.position(), stored.sender(), stored.hash());
  }

  private Arrival whole(Stored stored) {
    return switch (stored.notation()) {
      case JSON -> json.look(stored.raw());
      case EDIFACT ->
          again(stored.context(), stored.raw())
              .named(stored.kind(), stored.reference(), stored.sender());
    };
  }

  /** Bytes without an envelope were no message when they came. */
  private static Arrival again(byte[] context, byte[] raw) {
    if (context.length == 0) {
      return arrival(Interchanges.split(raw).getFirst());
    }
    return new Arrival(
        Notation.EDIFACT,
        context,
        raw,
        raw,
        null,
        null,
        null,
        null,
        null,
        origin -> EdifactMessages.read(context, raw, origin));
  }
}
