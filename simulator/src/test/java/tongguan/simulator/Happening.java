package tongguan.simulator;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a message says has happened to a declaration or a container: {@code released}, {@code
 * gate-out} ...
 */
record Happening(
    String subject, String what, OffsetDateTime at, String voyage, String declaration) {
  private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuuMMddHHmm");
  private static final Map<String, String> BY_NOTICE =
      Map.of(
          "N5107", "documents-asked",
          "N5110", "duty-assessed",
          "N5116", "released",
          "N5204", "released");
  private static final Map<String, String> BY_INDICATOR =
      Map.ofEntries(
          Map.entry("1", "accepted"),
          Map.entry("2", "rejected"),
          Map.entry("7", "hold"),
          Map.entry("15", "corrected"),
          Map.entry("16", "correction-asked"),
          Map.entry("DOC", "documents-reviewed"),
          Map.entry("EXA", "examination-assigned"),
          Map.entry("EXD", "examined"),
          Map.entry("VAL", "valued"),
          Map.entry("PAY", "duty-paid"),
          Map.entry("GTY", "guaranteed"),
          Map.entry("LFT", "hold-lifted"),
          Map.entry("RCL", "release-cancelled"),
          Map.entry("SZD", "seized"),
          Map.entry("RTN", "returned"));
  private static final Map<String, String> BY_DOCUMENT =
      Map.of("44", "discharge", "46", "load", "34", "gate-in", "36", "gate-out");

  /** All that the sound messages of the world tell. */
  static List<Happening> of(WrittenWorld world) {
    List<Happening> all = new ArrayList<>();
    world.notices.forEach(notice -> notice(notice, all));
    world.messages().filter(EdifactFile.Message::isWhole).forEach(message -> message(message, all));
    return all;
  }

  private static void notice(JsonNode notice, List<Happening> all) {
    String kind = notice.path("kind").asString();
    JsonNode payload = notice.path("payload");
    OffsetDateTime at = OffsetDateTime.parse(notice.path("eventTime").asString());
    String declaration = payload.path("declaration").asString("");
    switch (kind) {
      case "NX5105", "NX5203" -> {
        String function = notice.path("function").asString("original");
        if (function.equals("original")) {
          all.add(new Happening(declaration, "lodged", at, "", declaration));
        } else if (function.equals("cancel")) {
          all.add(new Happening(declaration, "withdrawn", at, "", declaration));
        }
      }
      case "declaration-reply" -> {
        String step = payload.path("step").asString();
        String what = step.equals("channel") ? payload.path("channel").asString() : step;
        all.add(new Happening(declaration, what, at, "", declaration));
      }
      case "container-movement" ->
          all.add(
              new Happening(
                  payload.path("container").asString(),
                  payload.path("movement").asString(),
                  at,
                  payload.path("voyage").path("voyageNumber").asString(""),
                  declaration));
      default -> {
        if (BY_NOTICE.containsKey(kind)) {
          all.add(new Happening(declaration, BY_NOTICE.get(kind), at, "", declaration));
        }
      }
    }
  }

  private static void message(EdifactFile.Message message, List<Happening> all) {
    switch (message.type()) {
      case "CUSRES" -> response(message, all);
      case "CODECO", "COARRI" -> movements(message, all);
      default -> {}
    }
  }

  private static void response(EdifactFile.Message message, List<Happening> all) {
    boolean gis = !message.first("GIS", 1, 0).isEmpty();
    String indicator = gis ? message.first("GIS", 1, 0) : message.first("GEI", 2, 0);
    String declaration = message.first("RFF", 1, 1);
    OffsetDateTime at = moment(message.first("DTM", 1, 1));
    String what = BY_INDICATOR.getOrDefault(indicator, indicator);
    all.add(new Happening(declaration, what, at, "", declaration));
  }

  private static void movements(EdifactFile.Message message, List<Happening> all) {
    String what = BY_DOCUMENT.getOrDefault(message.first("BGM", 1, 0), "unknown");
    String voyage = message.first("TDT", 2, 0);
    String container = "";
    String declaration = "";
    for (EdifactFile.Segment segment : message.segments()) {
      if (segment.tag().equals("EQD")) {
        container = segment.value(2, 0);
        declaration = "";
      } else if (segment.tag().equals("RFF") && segment.value(1, 0).equals("ABT")) {
        declaration = segment.value(1, 1);
      } else if (segment.tag().equals("DTM")
          && (segment.value(1, 0).equals("7") || segment.value(1, 0).equals("203"))) {
        String text = segment.value(1, 1);
        if (!text.equals("202602300915")) {
          all.add(new Happening(container, what, moment(text), voyage, declaration));
        }
      }
    }
  }

  private static OffsetDateTime moment(String text) {
    return LocalDateTime.parse(text, MINUTES).atOffset(ZoneOffset.ofHours(8));
  }
}
