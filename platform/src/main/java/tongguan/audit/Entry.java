package tongguan.audit;

import java.util.Map;

/**
 * One thing that happened.
 *
 * @param act {@code query}, {@code login}, {@code account.unlock} and so on
 * @param code why it was refused; empty for what was done
 * @param record on which record, as {@code kind:key}; empty where it is none
 * @param results how many were found; -1 where nothing was counted
 * @param details what else there is to know: never a password, a token or a whole document
 * @param correlation what finds the request in the log
 */
public record Entry(
    String act,
    Outcome outcome,
    String code,
    Actor actor,
    String record,
    long results,
    Map<String, Object> details,
    String correlation) {

  public Entry {
    details = Map.copyOf(details);
  }

  public static Entry done(String act, Actor actor, String record, String correlation) {
    return new Entry(act, Outcome.DONE, "", actor, record, -1, Map.of(), correlation);
  }

  public static Entry refused(String act, String code, Actor actor, String correlation) {
    return new Entry(act, Outcome.REFUSED, code, actor, "", -1, Map.of(), correlation);
  }

  /** What was asked for and failed: why is in the answer, and in the log of the node. */
  Entry unanswered() {
    return new Entry(act, Outcome.REFUSED, "no-answer", actor, record, -1, details, correlation);
  }

  public Entry about(String subject) {
    return new Entry(act, outcome, code, actor, subject, results, details, correlation);
  }

  public Entry found(long count) {
    return new Entry(act, outcome, code, actor, record, count, details, correlation);
  }

  public Entry with(Map<String, Object> more) {
    return new Entry(act, outcome, code, actor, record, results, more, correlation);
  }
}
