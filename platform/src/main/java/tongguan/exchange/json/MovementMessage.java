package tongguan.exchange.json;

import java.util.ArrayList;
import java.util.List;
import tongguan.record.Fact;
import tongguan.record.MovementKind;

/** container-movement: what happened to a container, and where (貨櫃動態). */
final class MovementMessage {
  private MovementMessage() {}

  static List<Fact> facts(JsonMessage message) {
    Fields payload = message.payload();
    List<Fact> facts = new ArrayList<>();
    payload
        .optional("voyage")
        .ifPresent(voyage -> facts.add(Voyages.fact(message.told(), voyage, null)));
    facts.add(
        new Fact.Movement(
            message.told(),
            payload.container("container"),
            MovementKind.of(payload.text("movement")).orElseThrow(),
            message.eventTime(),
            payload.text("place"),
            payload.textOrNull("placeTo"),
            message.cancels(),
            payload.textOrNull("sizeType"),
            payload.flagOrNull("full"),
            payload.decimalOrNull("grossKg"),
            payload.texts("seals"),
            payload.voyageOrNull("voyage"),
            payload.billOrNull("bill"),
            payload.declarationOrNull("declaration"),
            payload.textOrNull("truck")));
    return facts;
  }
}
