package tongguan.exchange.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.record.Direction;
import tongguan.record.Fact;
import tongguan.record.StepKind;
import tongguan.record.Told;

/**
 * NX5105 and NX5203: a declaration as lodged or amended. An original also says that it was lodged;
 * a cancelling one says only that it was withdrawn, for what it repeats of the declaration is
 * already known or never was.
 */
final class DeclarationMessage {
  private DeclarationMessage() {}

  static List<Fact> facts(JsonMessage message, Direction direction) {
    if (message.cancels()) {
      return List.of(NoticeMessages.plainStep(message, StepKind.WITHDRAWN));
    }
    List<Fact> facts = new ArrayList<>();
    message
        .payload()
        .optional("voyage")
        .ifPresent(voyage -> facts.add(Voyages.fact(message.told(), voyage, null)));
    facts.add(declaration(message, direction));
    if (message.function() == Told.Function.ORIGINAL) {
      facts.add(NoticeMessages.plainStep(message, StepKind.LODGED));
    }
    return facts;
  }

  private static Fact.Declaration declaration(JsonMessage message, Direction direction) {
    Fields payload = message.payload();
    Fields trader = payload.object("trader");
    Optional<Fields> declarant = payload.optional("declarant");
    Optional<Fields> invoice = payload.optional("invoice");
    return new Fact.Declaration(
        message.told(),
        payload.declaration("declaration"),
        direction,
        payload.text("declarationKind"),
        payload.textOrNull("office"),
        trader.text("name"),
        trader.textOrNull("companyNumber"),
        textOf(payload.optional("counterparty"), "name"),
        textOf(declarant, "name"),
        textOf(declarant, "companyNumber"),
        textOf(declarant, "boxNumber"),
        payload.voyageOrNull("voyage"),
        payload.textOrNull("loadPort"),
        payload.textOrNull("dischargePort"),
        payload.textOrNull("origin"),
        payload.countOrNull("packages"),
        payload.textOrNull("packageUnit"),
        payload.decimalOrNull("grossKg"),
        invoice.map(money -> money.decimal("amount")).orElse(null),
        invoice.map(money -> money.text("currency")).orElse(null),
        payload.list("items", DeclarationMessage::item),
        payload.bills("bills"),
        payload.containers("containers"));
  }

  private static Fact.Declaration.Item item(Fields item) {
    return new Fact.Declaration.Item(
        item.object().path("line").decimalValue().intValueExact(),
        item.text("commodityCode"),
        item.text("description"),
        item.textOrNull("origin"),
        item.decimalOrNull("quantity"),
        item.textOrNull("unit"),
        item.decimalOrNull("netKg"),
        item.decimalOrNull("amount"),
        item.textOrNull("currency"));
  }

  private static @Nullable String textOf(Optional<Fields> party, String name) {
    return party.map(fields -> fields.textOrNull(name)).orElse(null);
  }
}
