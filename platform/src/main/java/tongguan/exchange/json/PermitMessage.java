package tongguan.exchange.json;

import java.util.List;
import java.util.Locale;
import tongguan.record.Fact;

/** discharge-permit: permission to unload (卸貨准單). */
final class PermitMessage {
  private PermitMessage() {}

  static List<Fact> facts(JsonMessage message) {
    Fields payload = message.payload();
    Fields voyage = payload.object("voyage");
    return List.of(
        Voyages.fact(message.told(), voyage, payload.timeOrNull("arrivedAt")),
        new Fact.Permit(
            message.told(),
            payload.text("permit"),
            voyage.voyage(),
            Fact.Permit.Scope.valueOf(payload.text("scope").toUpperCase(Locale.ROOT)),
            message.cancels(),
            payload.textOrNull("office"),
            payload.textOrNull("terminal"),
            payload.timeOrNull("validUntil"),
            payload.containers("containers"),
            payload.bills("bills")));
  }
}
