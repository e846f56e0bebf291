package tongguan.simulator.port;

import java.time.LocalDateTime;
import tongguan.simulator.trade.Carriers;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Numbers;
import tongguan.simulator.trade.Places;
import tongguan.simulator.wire.Interchange;
import tongguan.simulator.wire.Manner;
import tongguan.simulator.wire.Notice;
import tongguan.simulator.wire.Times;

/**
 * One call of a container ship.
 *
 * @param registration the number that customs gives the call
 * @param arrival when the ship is made fast
 * @param carrierWrites how its line writes EDIFACT
 * @param terminalWrites how the terminal does
 */
public record Call(
    int index,
    Carriers.Vessel vessel,
    String voyageNumber,
    String registration,
    Places.Port port,
    String terminal,
    Places.Origin origin,
    LocalDateTime arrival,
    Manner carrierWrites,
    Manner terminalWrites) {

  public static Call of(Dice dice, int index, LocalDateTime arrival) {
    Places.Port port = Places.SEAPORTS.get(index % Places.SEAPORTS.size());
    Carriers.Vessel vessel = Carriers.vessel(index);
    return new Call(
        index,
        vessel,
        Numbers.padded(100 + index % 9_000, 4) + (dice.chance(0.5) ? 'E' : 'S'),
        Times.rocYear(arrival) + Numbers.fourPlaces(index),
        port,
        dice.oneOf(port.terminals()),
        dice.oneOf(Places.FOREIGN_PORTS),
        arrival,
        manner(dice),
        manner(dice));
  }

  private static Manner manner(Dice dice) {
    int roll = dice.between(1, 100);
    return roll <= 45
        ? Manner.PLAIN
        : roll <= 65
            ? Manner.LINES
            : roll <= 80 ? Manner.MAINFRAME : roll <= 90 ? Manner.FOREIGN : Manner.LATIN;
  }

  LocalDateTime departure() {
    return arrival.minusHours(24L * origin.away() + 6);
  }

  String line() {
    return vessel.line().code();
  }

  String carrierSystem() {
    return line() + "TW";
  }

  String terminalSystem() {
    return port.locode().substring(2) + terminal;
  }

  /** The terminal as places are named: {@code TWKEL-E12}. */
  String terminalCode() {
    return port.locode() + '-' + terminal;
  }

  /** IMO number and voyage number, as an officer would type it. */
  String key() {
    return vessel.imo() + '/' + voyageNumber;
  }

  Notice asVoyage() {
    return Notice.object()
        .put("imo", vessel.imo())
        .put("voyageNumber", voyageNumber)
        .put("registration", registration)
        .put("vesselName", vessel.name());
  }

  /** TDT of this call in any message. */
  void transport(Interchange out) {
    out.segment(
        "TDT",
        "20",
        voyageNumber,
        "1",
        "",
        line() + ":172:20",
        "",
        "",
        vessel.imo() + ":146:11:" + vessel.name());
  }
}
