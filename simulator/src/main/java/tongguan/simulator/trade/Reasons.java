package tongguan.simulator.trade;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What customs writes when it holds, rejects, asks, finds or seizes. */
public final class Reasons {
  private static final Map<String, List<Reason>> BY_OCCASION =
      Table.rows("reasons.tsv").stream()
          .collect(
              Collectors.groupingBy(
                  List::getFirst,
                  Collectors.mapping(
                      row -> new Reason(row.get(1), row.get(2)), Collectors.toList())));

  private Reasons() {}

  public record Reason(String code, String text) {}

  public static Reason any(Dice dice, String occasion) {
    return dice.oneOf(BY_OCCASION.getOrDefault(occasion, List.of()));
  }
}
