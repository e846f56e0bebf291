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
  private static final List<String> SHIPPERS =
      Table.rows("shippers.tsv").stream().map(List::getFirst).toList();

  /** An importer or exporter; a few of them trade much. */
  public static Party company(Dice dice) {
    return company(dice.skewed(0, COMPANIES - 1));
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

  public static String shipper(Dice dice) {
    return dice.oneOf(SHIPPERS);
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
