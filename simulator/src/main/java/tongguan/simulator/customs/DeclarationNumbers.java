package tongguan.simulator.customs;

import java.time.LocalDateTime;
import java.util.List;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.trade.Numbers;
import tongguan.simulator.wire.Times;

/**
 * Declaration numbers of one voyage: receiving office, second office or blanks, ROC year, the
 * voyage's four places, a serial.
 */
public final class DeclarationNumbers {
  private final List<String> offices;
  private final String voyage;
  private int given;

  /**
   * @param voyage the four places by which customs knows the voyage
   */
  public DeclarationNumbers(List<String> offices, String voyage) {
    this.offices = offices;
    this.voyage = voyage;
  }

  public String next(Dice dice, LocalDateTime lodged) {
    given++;
    String receiving = dice.oneOf(offices);
    String second = offices.size() > 1 && dice.chance(0.1) ? offices.getLast() : "  ";
    return receiving + second + Times.rocYear(lodged) + voyage + Numbers.fourPlaces(given);
  }
}
