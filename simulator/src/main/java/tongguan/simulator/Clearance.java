package tongguan.simulator;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One declaration's way through customs, told by the notices and replies of the core system. */
final class Clearance {
  private static final List<String> HOLDS =
      List.of(
          "疑涉商標侵權 suspected trademark infringement",
          "檢疫未完成 quarantine inspection open",
          "文件存疑 doubtful documents");
  private static final List<String> CHANNELS = List.of("C1", "C2", "C3M", "C3X");

  private final Dice dice;
  private final Journal journal;
  private final String core;

  Clearance(Dice dice, Journal journal, String core) {
    this.dice = dice;
    this.journal = journal;
    this.core = core;
  }

  /**
   * What is declared.
   *
   * @param voyage as the declaration names it
   */
  record Goods(
      boolean imported,
      String declaration,
      String kind,
      Notice voyage,
      String master,
      @Nullable String house,
      List<String> containers,
      Trade.Company trader,
      Trade.Goods goods,
      int packages,
      int grossKg,
      String origin,
      String loadPort,
      String dischargePort) {}

  /** Lodges and works the declaration; returns when it was released, if that has happened. */
  Optional<ZonedDateTime> run(Goods goods, ZonedDateTime lodged) {
    if (!journal.hasHappened(lodged)) {
      return Optional.empty();
    }
    lodge(goods, lodged, 0);
    if (dice.chance(0.02)) {
      lodge(goods, lodged.plusMinutes(dice.between(30, 200)), 1);
    }
    String number = goods.declaration();
    ZonedDateTime at = lodged.plusMinutes(dice.between(2, 20));
    reply(number, "accepted", at, null);
    String channel = channel();
    at = at.plusMinutes(dice.between(1, 9));
    reply(number, "channel", at, channel);
    remember(goods, channel);
    at = examined(goods, channel, at);
    at = held(number, at);
    if (goods.imported()) {
      at = taxed(goods, at);
    }
    ZonedDateTime released = at.plusMinutes(dice.between(3, 45));
    if (!journal.hasHappened(released)) {
      return Optional.empty();
    }
    String kind = goods.imported() ? "N5116" : "N5204";
    journal.write(
        kind,
        journal
            .notice(kind, core, released)
            .put("declaration", number)
            .putTexts("containers", goods.containers()),
        dice.chance(0.01) ? 2 : 1);
    return Optional.of(released);
  }

  private void remember(Goods goods, String channel) {
    if (!goods.containers().isEmpty()) {
      journal.remember(
          goods.containers().getFirst(),
          "通關方式 " + channel + " 的貨櫃",
          "container in channel " + channel);
    }
  }

  /** Shares by domain.md, "Clearance": C1 80 %, C2 12 %, C3 8 %. */
  private String channel() {
    int roll = dice.between(1, 100);
    return CHANNELS.get(roll <= 80 ? 0 : roll <= 92 ? 1 : roll <= 96 ? 2 : 3);
  }

  private void lodge(Goods goods, ZonedDateTime at, int version) {
    if (!journal.hasHappened(at)) {
      return;
    }
    String kind = goods.imported() ? "NX5105" : "NX5203";
    List<Notice> items = new ArrayList<>();
    int lines = dice.skewed(1, 6);
    for (int line = 1; line <= lines; line++) {
      Trade.Goods item = line == 1 ? goods.goods() : dice.oneOf(Trade.GOODS);
      int quantity = Math.max(1, goods.grossKg() / lines / item.kgEach());
      items.add(
          Notice.object()
              .put("line", line)
              .put("commodityCode", item.code())
              .put("description", item.zh() + " " + item.en())
              .put("origin", goods.origin())
              .put("quantity", quantity)
              .put("unit", item.unit())
              .put("netKg", Math.max(1, goods.grossKg() / lines * 9 / 10))
              .put("amount", (long) quantity * item.priceEach())
              .put("currency", "TWD"));
    }
    Notice bill = Notice.object().put("master", goods.master()).put("house", goods.house());
    int box = dice.between(1, 60);
    Notice lodged =
        journal
            .notice(kind, core, at)
            .put("declaration", goods.declaration())
            .put("declarationKind", goods.kind())
            .put("office", goods.declaration().substring(0, 2))
            .put(
                "declarant",
                Notice.object()
                    .put("name", "通達報關行%02d".formatted(box))
                    .put("companyNumber", Numbers.company(900_000 + box * 17))
                    .put("boxNumber", "%04d".formatted(box)))
            .put(
                "trader",
                Notice.object()
                    .put("name", goods.trader().zh())
                    .put("companyNumber", goods.trader().number()))
            .put("counterparty", Notice.object().put("name", Trade.shipper(dice)))
            .put("voyage", goods.voyage())
            .putObjects("bills", List.of(bill))
            .putTexts("containers", goods.containers())
            .put("loadPort", goods.loadPort())
            .put("dischargePort", goods.dischargePort())
            .put("origin", goods.origin())
            .put("packages", goods.packages() + version)
            .put("packageUnit", "CT")
            .put("grossKg", goods.grossKg())
            .putObjects("items", items);
    journal.write(kind, lodged, dice.chance(0.005) ? 2 : 1);
  }

  private ZonedDateTime examined(Goods goods, String channel, ZonedDateTime from) {
    String number = goods.declaration();
    if (channel.equals("C2")) {
      ZonedDateTime asked = from.plusMinutes(dice.between(10, 90));
      if (dice.chance(0.4)) {
        askDocuments(number, asked);
      }
      ZonedDateTime reviewed = asked.plusMinutes(dice.between(60, 900));
      reply(number, "documents-reviewed", reviewed, null);
      return reviewed;
    }
    if (!channel.startsWith("C3")) {
      return from;
    }
    ZonedDateTime assigned = from.plusMinutes(dice.between(20, 240));
    reply(number, "examination-assigned", assigned, null);
    examination(goods, channel, assigned, "assigned");
    ZonedDateTime done = assigned.plusMinutes(dice.between(90, 1500));
    examination(goods, channel, done, dice.chance(0.06) ? "discrepancy" : "conform");
    reply(number, "examined", done.plusMinutes(1), null);
    return done.plusMinutes(1);
  }

  private void askDocuments(String number, ZonedDateTime at) {
    if (journal.hasHappened(at)) {
      journal.write(
          "N5107",
          journal
              .notice("N5107", core, at)
              .put("declaration", number)
              .putObjects(
                  "missing",
                  List.of(
                      Notice.object().put("code", "CO").put("text", "產地證明書"),
                      Notice.object().put("code", "INV").put("text", "商業發票正本")))
              .put("due", at.plusDays(14)),
          1);
    }
  }

  private void examination(Goods goods, String channel, ZonedDateTime at, String result) {
    if (!journal.hasHappened(at)) {
      return;
    }
    String number = goods.declaration();
    Notice examination =
        journal
            .notice("examination", core, at)
            .put(
                "examination", "EX" + number.replace(" ", "").substring(0, 2) + number.substring(4))
            .put("declaration", number)
            .putTexts("containers", goods.containers())
            .put("method", channel.equals("C3X") ? "X" : "M")
            .put("office", number.substring(0, 2))
            .put("result", result);
    if (result.equals("discrepancy")) {
      examination
          .put("packagesOpened", 6)
          .putObjects(
              "findings",
              List.of(
                  Notice.object()
                      .put("code", "QTY")
                      .put("text", "實到數量多於申報 more than declared")
                      .put("line", 1)));
    }
    journal.write("examination", examination, 1);
  }

  private ZonedDateTime held(String number, ZonedDateTime from) {
    if (!dice.chance(0.015)) {
      return from;
    }
    ZonedDateTime held = from.plusMinutes(dice.between(5, 60));
    String reference = "HD" + number.substring(number.length() - 8);
    holdOrLift(number, "hold", held, reference, dice.oneOf(HOLDS));
    if (!journal.hasHappened(held)) {
      return held;
    }
    journal.remember(number, "管制中或曾管制的報單", "declaration that is or was held");
    ZonedDateTime lifted = held.plusHours(dice.between(5, 120));
    holdOrLift(number, "hold-lifted", lifted, reference, null);
    return lifted;
  }

  private void holdOrLift(
      String number, String step, ZonedDateTime at, String reference, @Nullable String reason) {
    if (journal.hasHappened(at)) {
      journal.write(
          "declaration-reply",
          journal
              .notice("declaration-reply", core, at)
              .put("declaration", number)
              .put("step", step)
              .put("reference", reference)
              .put("reason", reason),
          1);
    }
  }

  private ZonedDateTime taxed(Goods goods, ZonedDateTime from) {
    ZonedDateTime assessed = from.plusMinutes(dice.between(10, 180));
    String memo = "M" + goods.declaration().substring(6);
    long duty = (long) goods.grossKg() * dice.between(2, 12);
    long vat = duty * 2 + 500;
    if (journal.hasHappened(assessed)) {
      journal.write(
          "N5110",
          journal
              .notice("N5110", core, assessed)
              .put("declaration", goods.declaration())
              .put("memo", memo)
              .putObjects(
                  "amounts",
                  List.of(
                      Notice.object().put("tax", "duty").put("amount", duty),
                      Notice.object().put("tax", "vat").put("amount", vat)))
              .put("total", duty + vat)
              .put("currency", "TWD")
              .put("due", assessed.plusDays(14)),
          1);
    }
    ZonedDateTime paid = assessed.plusMinutes(dice.between(20, 1400));
    if (journal.hasHappened(paid)) {
      journal.write(
          "declaration-reply",
          journal
              .notice("declaration-reply", core, paid)
              .put("declaration", goods.declaration())
              .put("step", dice.chance(0.1) ? "guaranteed" : "duty-paid")
              .put("reference", "R" + memo)
              .put("amount", duty + vat)
              .put("currency", "TWD"),
          1);
    }
    return paid;
  }

  private void reply(String number, String step, ZonedDateTime at, @Nullable String channel) {
    if (journal.hasHappened(at)) {
      journal.write(
          "declaration-reply",
          journal
              .notice("declaration-reply", core, at)
              .put("declaration", number)
              .put("step", step)
              .put("channel", channel),
          1);
    }
  }
}
