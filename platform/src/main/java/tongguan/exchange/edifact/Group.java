package tongguan.exchange.edifact;

import java.util.List;

/**
 * A group of messages within an interchange (UNG to UNE).
 *
 * @param reference 0048
 * @param sender S006
 * @param recipient S007
 */
public record Group(String reference, List<String> sender, List<String> recipient) {

  public Group {
    sender = List.copyOf(sender);
    recipient = List.copyOf(recipient);
  }

  static Group of(ServiceSegment ung) {
    return new Group(ung.value(5, 1), ung.composite(2), ung.composite(3));
  }
}
