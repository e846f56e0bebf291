package tongguan.simulator.customs;

import java.util.List;
import tongguan.simulator.trade.Party;
import tongguan.simulator.wire.Notice;

/**
 * What a trader declares.
 *
 * @param kind G1, G5, D8 ... as customs names it
 * @param voyage as messages name it
 * @param counterparty the seller abroad, or the buyer
 * @param country where imports come from and exports are made
 */
public record Declaration(
    boolean imported,
    String number,
    String kind,
    Notice voyage,
    String master,
    String house,
    List<String> containers,
    Party trader,
    String counterparty,
    List<Item> items,
    int packages,
    String packageUnit,
    long grossGrams,
    String country,
    String loadPort,
    String dischargePort) {

  /** One line; money in US cents. */
  public record Item(
      String code, String zh, String en, String unit, int quantity, long netGrams, long cents) {}

  /** The receiving office, which every declaration number begins with. */
  public String office() {
    return number.substring(0, 2);
  }

  long cents() {
    return items.stream().mapToLong(Item::cents).sum();
  }

  /** The same goods declared once more. */
  Declaration under(String otherNumber) {
    return new Declaration(
        imported,
        otherNumber,
        kind,
        voyage,
        master,
        house,
        containers,
        trader,
        counterparty,
        items,
        packages,
        packageUnit,
        grossGrams,
        country,
        loadPort,
        dischargePort);
  }
}
