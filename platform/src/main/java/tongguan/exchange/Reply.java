package tongguan.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Arrival;
import tongguan.exchange.message.Rejection;
import tongguan.exchange.message.RejectionText;

/** What a sender is told of its transmission, as JSON. */
final class Reply {
  /** Beyond this only what needs a person is listed. */
  private static final int LISTED_MESSAGES = 100;

  private Reply() {}

  static Map<String, Object> of(
      UUID transmission,
      List<Arrival> arrivals,
      List<Verdict> verdicts,
      List<String> control,
      boolean chinese) {
    Map<String, Object> reply = new LinkedHashMap<>();
    reply.put("transmission", transmission);
    reply.put("received", verdicts.size());
    reply.put("applied", count(verdicts, Outcome.APPLIED));
    reply.put("known", count(verdicts, Outcome.KNOWN));
    reply.put("quarantined", count(verdicts, Outcome.QUARANTINED));
    List<Map<String, Object>> messages = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      Verdict verdict = verdicts.get(i);
      boolean remarkable =
          verdict.outcome() == Outcome.QUARANTINED || !verdict.warnings().isEmpty();
      if (verdicts.size() <= LISTED_MESSAGES || remarkable) {
        messages.add(message(i + 1, arrivals.get(i), verdict, chinese));
      }
    }
    reply.put("messages", messages);
    if (!control.isEmpty()) {
      reply.put("control", control);
    }
    return reply;
  }

  static int count(List<Verdict> verdicts, Outcome outcome) {
    return (int) verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
  }

  private static Map<String, Object> message(
      int position, Arrival arrival, Verdict verdict, boolean chinese) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", verdict.message());
    message.put("position", position);
    putIfThere(message, "kind", arrival.kind());
    putIfThere(message, "reference", arrival.reference());
    message.put("outcome", verdict.outcome().code());
    Optional.ofNullable(verdict.reason())
        .ifPresent(reason -> message.put("reason", reason(reason, chinese)));
    putWarnings(message, verdict.warnings(), chinese);
    return message;
  }

  /** A rejection as readers get it: its parts, and a sentence in their language. */
  static Map<String, Object> reason(Rejection rejection, boolean chinese) {
    Map<String, Object> reason = new LinkedHashMap<>();
    reason.put("code", rejection.code());
    reason.put("where", rejection.where());
    putIfThere(reason, "position", rejection.position());
    putIfThere(reason, "offset", rejection.offset());
    putIfThere(reason, "value", rejection.value());
    putIfThere(reason, "expected", rejection.expected());
    reason.put("text", RejectionText.of(rejection, chinese));
    return reason;
  }

  /** What was left out of an applied message, in the form of reasons. */
  static void putWarnings(Map<String, Object> object, List<Rejection> warnings, boolean chinese) {
    if (!warnings.isEmpty()) {
      object.put("warnings", warnings.stream().map(one -> reason(one, chinese)).toList());
    }
  }

  static void putIfThere(Map<String, Object> object, String name, @Nullable Object value) {
    if (value != null) {
      object.put(name, value);
    }
  }
}
