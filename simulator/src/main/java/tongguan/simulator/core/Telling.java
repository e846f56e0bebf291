package tongguan.simulator.core;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import tongguan.simulator.wire.Times;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Happenings as messages that the platform reads: JSON of its own kinds, or CUSRES where this
 * system speaks EDIFACT and CUSRES has a word for it.
 */
final class Telling {
  private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  /**
   * Steps that CUSRES can say, with the indicator in GIS (UN/EDIFACT 7365, or mutually defined).
   */
  private static final Map<String, String> INDICATORS =
      Map.ofEntries(
          Map.entry("accepted", "1"),
          Map.entry("rejected", "2"),
          Map.entry("released", "4"),
          Map.entry("hold", "7"),
          Map.entry("correction-asked", "16"),
          Map.entry("hold-lifted", "LFT:ZZZ:ZZZ"),
          Map.entry("release-cancelled", "RCL:ZZZ:ZZZ"),
          Map.entry("documents-reviewed", "DOC:ZZZ:ZZZ"),
          Map.entry("examination-assigned", "EXA:ZZZ:ZZZ"),
          Map.entry("examined", "EXD:ZZZ:ZZZ"),
          Map.entry("valued", "VAL:ZZZ:ZZZ"),
          Map.entry("duty-paid", "PAY:ZZZ:ZZZ"),
          Map.entry("seized", "SZD:ZZZ:ZZZ"),
          Map.entry("returned", "RTN:ZZZ:ZZZ"),
          Map.entry("appealed", "APL:ZZZ:ZZZ"),
          Map.entry("appeal-dismissed", "APD:ZZZ:ZZZ"),
          Map.entry("appeal-granted", "APG:ZZZ:ZZZ"));

  private final String sender;
  private final boolean edifact;

  Telling(String sender, boolean edifact) {
    this.sender = sender;
    this.edifact = edifact;
  }

  /**
   * @param type {@code json} or {@code edi}
   */
  record Message(String type, String text) {}

  Message message(Happening what, long number) {
    return edifact
        ? indicator(what)
            .map(code -> new Message("edi", cusres(what, number, code)))
            .orElseGet(() -> new Message("json", json(what, number).toString()))
        : new Message("json", json(what, number).toString());
  }

  private static Optional<String> indicator(Happening what) {
    return what.step().equals("channel")
        ? Optional.of(what.text("channel") + ":ZZZ:ZZZ")
        : Optional.ofNullable(INDICATORS.get(what.step()));
  }

  private String cusres(Happening what, long number, String indicator) {
    LocalDateTime at = local(what.at());
    StringBuilder message = new StringBuilder("UNH+1+CUSRES:D:95B:UN'");
    message.append("BGM+962+").append(free(what.declaration())).append("+9'");
    message.append("DTM+9:").append(SECOND.format(at)).append(":204'");
    message.append("GIS+").append(indicator).append('\'');
    int segments = 4;
    if (!what.text("reason").isEmpty()) {
      message.append("FTX+AAO+++").append(free(what.text("reason"))).append('\'');
      segments++;
    }
    message.append("RFF+ABT:").append(free(what.declaration())).append('\'');
    message.append("RFF+ACD:").append(free(what.text("reference"))).append('\'');
    segments += 2;
    if (what.step().equals("duty-paid")) {
      message.append("MOA+9:").append(what.text("total").isEmpty() ? "0" : what.text("total"));
      message.append(":TWD'");
      segments++;
    }
    message.append("UNT+").append(segments + 1).append("+1'");
    String day = SECOND.format(at);
    return "UNB+UNOC:3+%s:ZZZ+TONGGUAN:ZZZ+%s:%s+E%d'%sUNZ+1+E%d'"
        .formatted(sender, day.substring(2, 8), day.substring(8, 12), number, message, number);
  }

  private static LocalDateTime local(Instant at) {
    return LocalDateTime.ofInstant(at, Times.TAIWAN);
  }

  private static String free(String text) {
    String line = text.replaceAll("[\\p{Cntrl}]", " ");
    return line.substring(0, Math.min(500, line.length())).replaceAll("[?+:']", "?$0");
  }

  private ObjectNode json(Happening what, long number) {
    ObjectNode message = Json.object();
    message.put("kind", kind(what));
    message.put("reference", "E%d".formatted(number));
    message.put("sender", sender);
    message.put("eventTime", Times.withOffset(local(what.at())));
    ObjectNode payload = message.putObject("payload");
    switch (what.step()) {
      case "released" -> payload.put("declaration", what.declaration());
      case "documents-asked" -> missing(what, payload);
      case "duty-assessed" -> duty(what, payload);
      case "examination" -> examination(what, payload, number);
      default -> step(what, payload);
    }
    return message;
  }

  private static String kind(Happening what) {
    return switch (what.step()) {
      case "released" -> "N5116";
      case "documents-asked" -> "N5107";
      case "duty-assessed" -> "N5110";
      case "examination" -> "examination";
      default -> "declaration-reply";
    };
  }

  private static void step(Happening what, ObjectNode payload) {
    payload.put("declaration", what.declaration());
    payload.put("step", what.step());
    if (what.step().equals("channel")) {
      payload.put("channel", what.text("channel"));
    }
    payload.put("reference", what.text("reference"));
    if (!what.text("reason").isEmpty()) {
      payload.put("reason", what.text("reason"));
    }
    if (what.step().equals("duty-paid")) {
      payload.put("amount", amount(what.more().path("total")));
      payload.put("currency", "TWD");
    }
  }

  private static void missing(Happening what, ObjectNode payload) {
    payload.put("declaration", what.declaration());
    ArrayNode missing = payload.putArray("missing");
    for (JsonNode one : what.more().path("documents")) {
      String code = code(one.path("code").asString(""));
      missing.addObject().put("code", code).put("text", one.path("text").asString(code));
    }
    if (missing.isEmpty()) {
      missing.addObject().put("code", "OTHER").put("text", "文件");
    }
  }

  private static void duty(Happening what, ObjectNode payload) {
    payload.put("declaration", what.declaration());
    payload.put("memo", "M" + what.text("reference"));
    ArrayNode amounts = payload.putArray("amounts");
    for (JsonNode one : what.more().path("taxes")) {
      String tax = one.path("tax").asString("other");
      boolean known = tax.matches("duty|vat|excise|trade-promotion");
      amounts
          .addObject()
          .put("tax", known ? tax : "other")
          .put("amount", amount(one.path("amount")));
    }
    if (amounts.isEmpty()) {
      amounts.addObject().put("tax", "duty").put("amount", "0");
    }
    payload.put("total", amount(what.more().path("total")));
    payload.put("currency", "TWD");
  }

  private static String amount(JsonNode node) {
    String text = node.isNumber() ? node.decimalValue().toPlainString() : node.asString("0");
    return text.matches("[0-9]{1,11}(\\.[0-9]{1,6})?") ? text : "0";
  }

  private static void examination(Happening what, ObjectNode payload, long number) {
    payload.put("examination", "EX-" + number);
    payload.put("declaration", what.declaration());
    payload.put("method", what.text("method").equals("X") ? "X" : "M");
    payload.put(
        "result",
        switch (what.text("result")) {
          case "assigned" -> "assigned";
          case "discrepancy" -> "discrepancy";
          default -> "conform";
        });
    if (what.more().path("packagesOpened").isInt()) {
      payload.put("packagesOpened", what.more().path("packagesOpened").intValue());
    }
    ArrayNode findings = payload.putArray("findings");
    for (JsonNode one : what.more().path("findings")) {
      findings
          .addObject()
          .put("code", code(one.path("code").asString("")))
          .put("text", one.path("text").asString("-"));
    }
    if (!what.text("remark").isEmpty()) {
      payload.put("remark", what.text("remark"));
    }
  }

  private static String code(String text) {
    return text.matches("[A-Z0-9][A-Z0-9._-]{0,19}") ? text : "OTHER";
  }
}
