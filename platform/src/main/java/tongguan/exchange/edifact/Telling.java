package tongguan.exchange.edifact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Origin;
import tongguan.record.Fact;
import tongguan.record.Told;

/**
 * One message on its way to facts: its segments, what BGM and DTM 137 say of the whole, the facts
 * so far and the faults so far.
 */
final class Telling {
  private final Segments segments;
  private final Faults faults;
  private final Origin origin;
  private final List<Fact> facts = new ArrayList<>();
  private final Segment bgm;
  private final Function function;
  private final Instant at;
  private final Told told;

  /** What a message does to what was told before (UN/EDIFACT 1225). */
  enum Function {
    ORIGINAL(Told.Function.ORIGINAL),
    CHANGE(Told.Function.CHANGE),
    REPLACE(Told.Function.REPLACE),
    /** Code 1: the whole document is void. */
    CANCEL(Told.Function.CANCEL),
    /** Code 3: what the message lists is void. */
    DELETE(Told.Function.CANCEL);

    private final Told.Function told;

    Function(Told.Function told) {
      this.told = told;
    }

    boolean isVoiding() {
      return this == CANCEL || this == DELETE;
    }
  }

  Telling(Segments segments, Origin origin, @Nullable Instant prepared, Faults faults) {
    this.segments = segments;
    this.origin = origin;
    this.faults = faults;
    this.bgm = first("BGM").orElseGet(segments::first);
    if (!bgm.is("BGM")) {
      faults.missing(segments.first(), "BGM");
    }
    this.function = bgm.is("BGM") ? functionTold() : Function.ORIGINAL;
    this.at = messageDate(prepared);
    this.told = told(at);
  }

  private Function functionTold() {
    return switch (bgm.value(3)) {
      case "", "6", "7", "9", "10", "11", "27", "29", "31", "34", "44" -> Function.ORIGINAL;
      case "2", "4", "36" -> Function.CHANGE;
      case "5", "20" -> Function.REPLACE;
      case "1" -> Function.CANCEL;
      case "3" -> Function.DELETE;
      default -> {
        faults.wrong(Fault.CODE_UNKNOWN, bgm, 3, 1, "9, 5, 4, 1, 3, ...");
        yield Function.ORIGINAL;
      }
    };
  }

  private Instant messageDate(@Nullable Instant prepared) {
    for (Segment segment : segments) {
      if (segment.is("DTM") && segment.isQualified("137")) {
        return moment(segment).orElse(Instant.EPOCH);
      }
    }
    if (prepared == null) {
      faults.missing(bgm, "DTM 137");
      return Instant.EPOCH;
    }
    return prepared;
  }

  private Optional<Segment> first(String tag) {
    for (Segment segment : segments) {
      if (segment.is(tag)) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  Segments segments() {
    return segments;
  }

  Segment bgm() {
    return bgm;
  }

  Faults faults() {
    return faults;
  }

  /** 1004, the document's number. */
  String document() {
    return bgm.value(2);
  }

  Function function() {
    return function;
  }

  /** The message's own date. */
  Instant at() {
    return at;
  }

  Told told() {
    return told;
  }

  Told told(Instant moment) {
    return origin.told(moment, function.told);
  }

  void tell(Fact fact) {
    facts.add(fact);
  }

  List<Fact> facts() {
    return facts;
  }

  /** 1001 must be one of these; nothing at all is for the message to judge. */
  void expectDocument(Set<String> codes, boolean required) {
    String code = bgm.value(1);
    if (bgm.is("BGM") && !codes.contains(code) && (required || !code.isEmpty())) {
      String expected = String.join(", ", codes.stream().sorted().toList());
      faults.wrong(Fault.CODE_UNKNOWN, bgm, 1, 1, expected);
    }
  }

  /** What a DTM says; a fault when it says no moment. */
  Optional<Instant> moment(Segment dtm) {
    String format = dtm.value(1, 3).isEmpty() ? formatByLength(dtm.value(1, 2)) : dtm.value(1, 3);
    if (!Moments.isKnown(format)) {
      faults.wrong(Fault.CODE_UNKNOWN, dtm, 1, 3, Moments.FORMATS);
      return Optional.empty();
    }
    Optional<Instant> moment = Moments.of(dtm.value(1, 2), format);
    if (moment.isEmpty()) {
      faults.wrong(Fault.DATE_INVALID, dtm, 1, 2, "2379 " + format);
    }
    return moment;
  }

  private static String formatByLength(String value) {
    return switch (value.length()) {
      case 6 -> "101";
      case 8 -> "102";
      case 10 -> "201";
      case 14 -> "204";
      default -> "203";
    };
  }
}
