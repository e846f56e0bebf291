package tongguan.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A seeded set of messages of every kind about a few voyages, bills, containers and declarations,
 * with amendments, cancellations and several tellers of the same thing.
 */
final class LinkedSet {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final String VOYAGE =
      "{\"imo\":\"9074729\",\"voyageNumber\":\"0123E\",\"registration\":\"151234\",\"vesselName\":\"%s\"}";

  private final Random random;
  private final List<String> messages = new ArrayList<>();

  private LinkedSet(Random random) {
    this.random = random;
  }

  static List<String> of(Random random, int rounds) {
    LinkedSet set = new LinkedSet(random);
    for (int i = 0; i < rounds; i++) {
      set.addRound();
    }
    return set.messages;
  }

  private void addRound() {
    String declaration = "AA  99KEEL%04d".formatted(random.nextInt(6));
    String container = "TGHU%07d".formatted(random.nextInt(8));
    String other = "TGHU%07d".formatted(random.nextInt(8));
    String function = List.of("original", "change", "replace").get(random.nextInt(3));
    add(
        random.nextBoolean() ? "NX5105" : "NX5203",
        function,
        """
        {"declaration":"%s","declarationKind":"G1","office":"AA","trader":{"name":"貨主 %d","companyNumber":"1234567%d"},\
        "voyage":%s,"bills":[{"master":"COSU%d","house":"H%d"}],"containers":["%s","%s"],"grossKg":%d.5,\
        "items":[{"line":1,"commodityCode":"84713000001","description":"電腦 %d","quantity":%d,"unit":"PCE"}]}\
        """
            .formatted(
                declaration,
                number(),
                random.nextInt(10),
                voyage(),
                random.nextInt(4),
                random.nextInt(3),
                container,
                other,
                number(),
                number(),
                number()));
    add(
        "container-movement",
        random.nextInt(6) == 0 ? "cancel" : "original",
        """
        {"container":"%s","movement":"%s","place":"TWKEL-E12","full":true,"grossKg":"%d.25","seals":["S%d"],"voyage":%s}\
        """
            .formatted(
                container,
                List.of("discharge", "gate-in", "gate-out", "seal").get(random.nextInt(4)),
                number(),
                random.nextInt(5),
                voyage()));
    add(
        "declaration-reply",
        "original",
        """
        {"declaration":"%s","step":"%s","reference":"R%d","channel":"C3X"}\
        """
            .formatted(
                declaration,
                List.of(
                        "accepted",
                        "channel",
                        "hold",
                        "hold-lifted",
                        "examined",
                        "duty-paid",
                        "corrected")
                    .get(random.nextInt(7)),
                random.nextInt(3)));
    add(
        "N5110",
        function,
        """
        {"declaration":"%s","memo":"M%d","amounts":[{"tax":"duty","amount":%d}],"total":%d,"currency":"TWD"}\
        """
            .formatted(declaration, random.nextInt(3), number(), number()));
    add(
        "N5107",
        "original",
        "{\"declaration\":\"%s\",\"missing\":[{\"code\":\"D1\",\"text\":\"發票\"}]}"
            .formatted(declaration));
    add(
        random.nextBoolean() ? "N5116" : "N5204",
        random.nextInt(5) == 0 ? "cancel" : "original",
        "{\"declaration\":\"%s\",\"containers\":[\"%s\"]}".formatted(declaration, container));
    add(
        "discharge-permit",
        random.nextInt(6) == 0 ? "cancel" : function,
        """
        {"permit":"P%d","voyage":%s,"office":"AA","scope":"part","containers":["%s"],"bills":[{"master":"COSU1"}]}\
        """
            .formatted(random.nextInt(3), voyage(), container));
    add(
        "examination",
        function,
        """
        {"examination":"E%d","declaration":"%s","containers":["%s"],"method":"X","result":"%s","findings":[{"code":"F1","text":"不符","line":1}]}\
        """
            .formatted(
                random.nextInt(3),
                declaration,
                container,
                List.of("assigned", "conform", "discrepancy").get(random.nextInt(3))));
    add(
        "bonded-check",
        function,
        """
        {"check":"B%d","premises":{"number":"BF001","name":"保稅工廠 %d","kind":"factory"},"companyNumber":"12345675",\
        "result":"conform","declarations":["%s"],"items":[{"description":"料件","unit":"KGM","bookQuantity":%d,"countedQuantity":%d}]}\
        """
            .formatted(random.nextInt(3), number(), declaration, number(), number()));
  }

  private String voyage() {
    return VOYAGE.formatted("EVER " + random.nextInt(3));
  }

  private int number() {
    return 1 + random.nextInt(5000);
  }

  /** Few different moments, so that the ties are decided too. */
  private void add(String kind, String function, String payload) {
    String message =
        Messages.of(
            kind,
            "L" + messages.size(),
            START.plusSeconds(600L * random.nextInt(12)).toString(),
            payload.replace("\n", ""));
    messages.add(message.replace("\"payload\"", "\"function\":\"" + function + "\",\"payload\""));
  }
}
