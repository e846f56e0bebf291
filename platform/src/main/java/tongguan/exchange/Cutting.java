package tongguan.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.exchange.MessageList.Stored;
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

  Cutting(JsonMessages json) {
    this.json = json;
  }

  Cut cut(String mediaType, byte[] body) {
    return switch (mediaType) {
      case JSON -> cutJson(JsonBody.of(body));
      case JSON_LINES -> cutJson(JsonBody.ofLines(body));
      default -> Cut.nothing(Rejection.at("", "otherwise", mediaType, JSON));
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

  /** A single piece that is not even JSON: nothing could be cut out. */
  private static Optional<Rejection> onlyFault(Arrival only) {
    return only.fault().filter(fault -> !fault.code().equals("message-too-large"));
  }

  /** A stored message, to be read once more. */
  Piece again(Stored stored) {
    Arrival arrival =
        switch (stored.notation()) {
          case JSON -> json.look(stored.raw());
          case EDIFACT -> throw new IllegalStateException("no reader for EDIFACT");
        };
    return new Piece(arrival, stored.id(), stored.position(), stored.sender(), stored.hash());
  }
}
