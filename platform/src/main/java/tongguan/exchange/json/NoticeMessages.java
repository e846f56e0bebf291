package tongguan.exchange.json;

import java.util.List;
import tongguan.record.Channel;
import tongguan.record.Fact;
import tongguan.record.StepKind;

/** What customs tells of a declaration, each notice one step of its clearance. */
final class NoticeMessages {
  private NoticeMessages() {}

  /** N5107: documents or data that are missing. */
  static List<Fact> missing(JsonMessage message) {
    Fields payload = message.payload();
    List<Fact.Step.Detail> missing =
        payload.list(
            "missing", line -> new Fact.Step.Detail(line.text("code"), line.text("text"), null));
    return List.of(
        new Fact.Step(
            message.told(),
            payload.declaration("declaration"),
            StepKind.DOCUMENTS_ASKED,
            message.reference(),
            null,
            null,
            null,
            null,
            payload.timeOrNull("due"),
            missing));
  }

  /** N5110: what is to be paid. */
  static List<Fact> dutyMemo(JsonMessage message) {
    Fields payload = message.payload();
    List<Fact.Step.Detail> amounts =
        payload.list(
            "amounts",
            line -> new Fact.Step.Detail(line.text("tax"), null, line.decimal("amount")));
    return List.of(
        new Fact.Step(
            message.told(),
            payload.declaration("declaration"),
            StepKind.DUTY_ASSESSED,
            payload.text("memo"),
            null,
            null,
            payload.decimal("total"),
            payload.text("currency"),
            payload.timeOrNull("due"),
            amounts));
  }

  /** N5116 and N5204: permission to take away or to ship, or its withdrawal. */
  static List<Fact> release(JsonMessage message) {
    Fields payload = message.payload();
    List<Fact.Step.Detail> containers =
        payload.containers("containers").stream()
            .map(container -> new Fact.Step.Detail("container", container.value(), null))
            .toList();
    return List.of(
        new Fact.Step(
            message.told(),
            payload.declaration("declaration"),
            message.cancels() ? StepKind.RELEASE_CANCELLED : StepKind.RELEASED,
            null,
            null,
            payload.textOrNull("conditions"),
            null,
            null,
            null,
            containers));
  }

  /** declaration-reply: any other step. */
  static List<Fact> step(JsonMessage message) {
    Fields payload = message.payload();
    String channel = payload.textOrNull("channel");
    return List.of(
        new Fact.Step(
            message.told(),
            payload.declaration("declaration"),
            StepKind.of(payload.text("step")).orElseThrow(),
            payload.textOrNull("reference"),
            channel == null ? null : Channel.valueOf(channel),
            payload.textOrNull("reason"),
            payload.decimalOrNull("amount"),
            payload.textOrNull("currency"),
            null,
            List.of()));
  }

  /** A step of the message's declaration of which only the moment is told. */
  static Fact.Step plainStep(JsonMessage message, StepKind step) {
    return new Fact.Step(
        message.told(),
        message.payload().declaration("declaration"),
        step,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of());
  }
}
