package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import tongguan.simulator.trade.Party;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Notice;

/** A declaration handed in by its broker: NX5105 for imports, NX5203 for exports. */
final class Lodgement {
  private final Journal journal;
  private final String core;

  Lodgement(Journal journal, String core) {
    this.journal = journal;
    this.core = core;
  }

  /**
   * @param function original, change or cancel
   */
  void lodge(Declaration declared, Party.Broker broker, LocalDateTime at, String function) {
    String kind = declared.imported() ? "NX5105" : "NX5203";
    int packages = declared.packages() + (function.equals("change") ? 1 : 0);
    journal.tell(
        journal
            .notice(kind, core, at, function)
            .put("declaration", declared.number())
            .put("declarationKind", declared.kind())
            .put("office", declared.office())
            .put(
                "declarant",
                Notice.object()
                    .put("name", broker.name())
                    .put("companyNumber", broker.number())
                    .put("boxNumber", broker.box()))
            .put(
                "trader",
                Notice.object()
                    .put("name", declared.trader().zh())
                    .put("companyNumber", declared.trader().number()))
            .put("counterparty", Notice.object().put("name", declared.counterparty()))
            .put("voyage", declared.voyage())
            .putObjects("bills", List.of(bill(declared)))
            .putTexts("containers", declared.containers())
            .put("loadPort", declared.loadPort())
            .put("dischargePort", declared.dischargePort())
            .put("origin", declared.country())
            .put("packages", packages)
            .put("packageUnit", declared.packageUnit())
            .putThousandths("grossKg", declared.grossGrams())
            .put(
                "invoice",
                Notice.object().putMoney("amount", declared.cents()).put("currency", "USD"))
            .putObjects("items", items(declared)));
  }

  private static Notice bill(Declaration declared) {
    return Notice.object().put("master", declared.master()).put("house", declared.house());
  }

  private static List<Notice> items(Declaration declared) {
    List<Notice> items = new ArrayList<>();
    for (Declaration.Item item : declared.items()) {
      items.add(
          Notice.object()
              .put("line", items.size() + 1)
              .put("commodityCode", item.code())
              .put("description", item.zh() + ' ' + item.en())
              .put("origin", declared.country())
              .put("quantity", item.quantity())
              .put("unit", item.unit())
              .putThousandths("netKg", item.netGrams())
              .putMoney("amount", item.cents())
              .put("currency", "USD"));
    }
    return items;
  }
}
