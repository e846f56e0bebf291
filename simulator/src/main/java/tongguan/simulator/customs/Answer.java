package tongguan.simulator.customs;

import java.time.LocalDateTime;
import tongguan.simulator.trade.Reasons;

/**
 * One answer of customs to one declaration; what does not apply is empty, an amount of zero is
 * none.
 */
record Answer(
    String declaration,
    Step step,
    LocalDateTime at,
    String channel,
    String reference,
    String code,
    String reason,
    long dollars) {

  static Answer plain(String declaration, Step step, LocalDateTime at) {
    return new Answer(declaration, step, at, "", "", "", "", 0);
  }

  static Answer channel(String declaration, LocalDateTime at, String channel) {
    return new Answer(declaration, Step.CHANNEL, at, channel, "", "", "", 0);
  }

  static Answer because(
      String declaration, Step step, LocalDateTime at, String reference, Reasons.Reason reason) {
    return new Answer(declaration, step, at, "", reference, reason.code(), reason.text(), 0);
  }

  static Answer under(String declaration, Step step, LocalDateTime at, String reference) {
    return new Answer(declaration, step, at, "", reference, "", "", 0);
  }

  static Answer settled(
      String declaration, Step step, LocalDateTime at, String receipt, long dollars) {
    return new Answer(declaration, step, at, "", receipt, "", "", dollars);
  }
}
