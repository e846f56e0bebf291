package tongguan.simulator.trade;

import java.util.List;

/**
 * Somebody in trade, with a name in both languages.
 *
 * @param number the company's, empty for a person
 */
public record Party(String number, String zh, String en) {
  private static final int COMPANIES = 40_000;
  private static final int BROKERS = 90;
  private static final List<List<String>> WORDS = Table.rows("company-words.tsv");
  private static final List<List<String>> PEOPLE = Table.rows("people.tsv");
  private static final List<Chapters> BUSINESSES =
      WORDS.stream().map(row -> Chapters.parse(row.get(4))).toList();
  private static final List<Shipper> SHIPPERS =
      Table.rows("shippers.tsv").stream()
          .map(row -> new Shipper(row.get(0), Chapters.parse(row.get(1))))
          .toList();

  private record Shipper(String name, Chapters chapters) {}

  /** An importer or exporter in that line of goods; a few of them trade much. */
  public static Party company(Dice dice, String commodityCode) {
    int words = WORDS.size();
    int serial = dice.skewed(0, COMPANIES - 1);
    int business = serial / words % words;
    while (!BUSINESSES.get(business).have(commodityCode)) {
      business = (business + 1) % words;
    }
    return company(serial - serial / words % words * words + business * words);
  }

  /** One company for each serial. */
  public static Party company(int serial) {
    int words = WORDS.size();
    List<String> first = WORDS.get(serial % words);
    List<String> second = WORDS.get(serial / words % words);
    int branch = serial / (words * words);
    String zh = first.get(0) + (branch == 0 ? "" : "第" + branch) + second.get(2) + "股份有限公司";
    String en = first.get(1) + (branch == 0 ? "" : " " + branch) + ' ' + second.get(3) + " CO LTD";
    return new Party(Numbers.company(serial * 211), zh, en);
  }

  public static Party person(Dice dice) {
    List<String> family = dice.oneOf(PEOPLE);
    List<String> given = dice.oneOf(PEOPLE);
    return new Party("", family.get(0) + given.get(2), family.get(1) + ' ' + given.get(3));
  }

  /** Somebody abroad who sends such goods. */
  public static String shipper(Dice dice, String commodityCode) {
    Shipper shipper = dice.oneOf(SHIPPERS);
    while (!shipper.chapters().have(commodityCode)) {
      shipper = dice.oneOf(SHIPPERS);
    }
    return shipper.name();
  }

  /** A customs broker and the number of his box at the customs house. */
  public record Broker(String box, String name, String number) {}

  public static Broker broker(Dice dice) {
    int serial = 1 + dice.skewed(0, BROKERS - 1);
    return new Broker(
        Numbers.padded(serial, 4),
        "通達報關行第" + serial + "所",
        Numbers.company(8_000_000 + serial * 17));
  }
}
