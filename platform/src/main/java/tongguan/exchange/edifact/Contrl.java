package tongguan.exchange.edifact;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tongguan.exchange.message.Rejection;

/**
 * CONTRL, syntax and service report (ISO 9735-4; D.3 for syntax versions 1 to 3): what became of an
 * interchange that asked for an answer. Messages that are not named are acknowledged. An envelope
 * whose trailer is wrong is reported, but what it held stays acknowledged, because it has been
 * applied.
 */
public final class Contrl {
  /** This level is rejected, and all below it. */
  private static final String REJECTED = "4";

  /** This level is acknowledged, and what is below it unless it is named as rejected. */
  private static final String ACKNOWLEDGED = "7";

  private final Interchange interchange;
  private final List<Judged> judged;

  private record Judged(Part part, @Nullable Rejection rejection) {}

  private Contrl(Interchange interchange, List<Judged> judged) {
    this.interchange = interchange;
    this.judged = judged;
  }

  /**
   * One answer for each interchange that asks for it.
   *
   * @param parts as {@link Interchanges#split} gave them
   * @param rejections one for each part; empty for what was applied or known already
   */
  public static List<String> replies(
      List<Part> parts, List<Optional<Rejection>> rejections, Instant now) {
    return replies(parts, rejections, now, Contrl::newReference);
  }

  static List<String> replies(
      List<Part> parts,
      List<Optional<Rejection>> rejections,
      Instant now,
      Supplier<String> references) {
    List<String> replies = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= parts.size(); i++) {
      boolean ends = i == parts.size() || !isSame(parts.get(i), parts.get(from));
      if (ends) {
        reply(parts.subList(from, i), rejections.subList(from, i), now, references)
            .ifPresent(replies::add);
        from = i;
      }
    }
    return replies;
  }

  /** Two interchanges may read alike; each is an object of its own. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Part one, Part other) {
    return one.interchange() == other.interchange();
  }

  private static Optional<String> reply(
      List<Part> parts,
      List<Optional<Rejection>> rejections,
      Instant now,
      Supplier<String> references) {
    Interchange interchange = parts.getFirst().interchange();
    if (interchange == null || !interchange.acknowledgementRequested()) {
      return Optional.empty();
    }
    List<Judged> judged = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      judged.add(new Judged(parts.get(i), rejections.get(i).orElse(null)));
    }
    return Optional.of(new Contrl(interchange, judged).write(now, references.get()));
  }

  private static String newReference() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 14).toUpperCase(Locale.ROOT);
  }

  private String write(Instant now, String reference) {
    boolean version4 = interchange.syntaxVersion().equals("4");
    SegmentWriter out = new SegmentWriter();
    String pattern = version4 ? "yyyyMMdd:HHmm" : "yyMMdd:HHmm";
    String[] prepared =
        DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
            .withZone(Moments.TAIPEI)
            .format(now)
            .split(":");
    out.segment("UNB")
        .composite(List.of(identifier(), version4 ? "4" : version()))
        .composite(interchange.recipient())
        .composite(interchange.sender())
        .composite(List.of(prepared))
        .element(reference)
        .end();
    int before = out.count();
    out.segment("UNH")
        .element("1")
        .composite(version4 ? List.of("CONTRL", "4", "1", "UN") : List.of("CONTRL", "D", "3", "UN"))
        .end();
    interchangeResponse(out);
    out.segment("UNT").element(Integer.toString(out.count() - before + 1)).element("1").end();
    out.segment("UNZ").element("1").element(reference).end();
    return out.text();
  }

  private String identifier() {
    boolean plain = CharacterSets.isSupported(interchange.syntaxIdentifier());
    return plain && !interchange.service().equals(ServiceCharacters.LEVEL_B)
        ? interchange.syntaxIdentifier()
        : "UNOA";
  }

  private String version() {
    return List.of("1", "2", "3").contains(interchange.syntaxVersion())
        ? interchange.syntaxVersion()
        : "3";
  }

  private void interchangeResponse(SegmentWriter out) {
    Optional<Rejection> unreadable =
        judged.stream()
            .map(Judged::rejection)
            .filter(rejection -> is(rejection, Fault.SYNTAX_UNSUPPORTED))
            .findFirst();
    out.segment("UCI")
        .element(interchange.controlReference())
        .composite(interchange.sender())
        .composite(interchange.recipient())
        .element(unreadable.isPresent() ? REJECTED : ACKNOWLEDGED);
    if (unreadable.isPresent()) {
      out.element(error(unreadable.get())).element("UNB").composite(List.of("2", "1")).end();
      return;
    }
    envelopeFault().ifPresent(fault -> out.element(error(fault.rejection)).element(fault.tag));
    out.end();
    Group group = null;
    for (Judged one : judged) {
      Group itsGroup = one.part.group();
      if (one.rejection != null && itsGroup != null && !itsGroup.equals(group)) {
        group = itsGroup;
        groupResponse(out, itsGroup);
      }
      if (one.rejection != null && isMessage(one.part)) {
        messageResponse(out, one.part, one.rejection);
      }
    }
  }

  private record EnvelopeFault(Rejection rejection, String tag) {}

  /** The first fault of the interchange itself, in UNB, UNZ or between messages. */
  private Optional<EnvelopeFault> envelopeFault() {
    for (Judged one : judged) {
      if (one.rejection != null && !isMessage(one.part) && one.part.group() == null) {
        boolean trailer =
            is(one.rejection, Fault.UNZ_MISSING)
                || is(one.rejection, Fault.INTERCHANGE_COUNT)
                || is(one.rejection, Fault.INTERCHANGE_REFERENCE)
                || is(one.rejection, Fault.INTERCHANGE_EMPTY);
        return Optional.of(new EnvelopeFault(one.rejection, trailer ? "UNZ" : ""));
      }
    }
    return Optional.empty();
  }

  private void groupResponse(SegmentWriter out, Group group) {
    out.segment("UCF")
        .element(group.reference())
        .composite(group.sender())
        .composite(group.recipient())
        .element(ACKNOWLEDGED);
    for (Judged one : judged) {
      if (one.rejection != null && group.equals(one.part.group()) && !isMessage(one.part)) {
        out.element(error(one.rejection)).element("UNE");
        break;
      }
    }
    out.end();
  }

  private void messageResponse(SegmentWriter out, Part part, Rejection rejection) {
    MessageHead head = MessageHead.of(part.slice(), interchange.service());
    out.segment("UCM")
        .element(head.reference())
        .composite(List.of(head.kind(), head.version(), head.release(), head.agency()))
        .element(REJECTED);
    Place place = Place.of(rejection);
    boolean frame = place.tag.equals("UNH") || place.tag.equals("UNT");
    if (frame || is(rejection, Fault.UNT_MISSING)) {
      out.element(error(rejection)).element(frame ? place.tag : "UNT");
      if (frame && place.element > 0) {
        out.composite(place.inSegment());
      }
      out.end();
      return;
    }
    out.end();
    boolean whole = place.element == 0;
    out.segment("UCS").element(Integer.toString(place.position));
    out.element(whole ? error(rejection) : "").end();
    if (!whole) {
      out.segment("UCD").element(error(rejection)).composite(place.inSegment()).end();
    }
  }

  private static boolean isMessage(Part part) {
    return part instanceof Part.Message || part.kind() != null;
  }

  private static boolean is(@Nullable Rejection rejection, Fault fault) {
    return rejection != null && rejection.code().equals(fault.code());
  }

  /** 0085; what did not go wrong here (a sender that may not, say) has no number of its own. */
  private static String error(Rejection rejection) {
    return Integer.toString(Fault.of(rejection.code()).orElse(Fault.NOT_TOKENISED).syntaxError());
  }

  /** The place in the message that a rejection names. */
  private record Place(int position, String tag, int element, int component) {

    static Place of(Rejection rejection) {
      int position = rejection.position() == null ? 1 : rejection.position();
      String[] words = rejection.where().replace(",", "").split(" ");
      String tag = words.length > 2 && words[0].equals("segment") ? words[2] : "";
      return new Place(position, tag, behind("element", words), behind("component", words));
    }

    private static int behind(String name, String[] words) {
      for (int i = 0; i + 1 < words.length; i++) {
        if (words[i].equals(name)) {
          return Numbers.count(words[i + 1]).orElse(0);
        }
      }
      return 0;
    }

    /** S011 counts the tag as the first element. */
    List<String> inSegment() {
      String place = Integer.toString(element + 1);
      return component > 1 ? List.of(place, Integer.toString(component)) : List.of(place);
    }
  }
}
