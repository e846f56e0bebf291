package tongguan.exchange.edifact;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.key.ImoNumber;
import tongguan.record.key.VoyageKey;

/**
 * The voyage or flight that a message's header tells of, gathered from TDT 20, RFF, LOC and DTM. A
 * ship is known by its IMO number: C222 of TDT, or RFF VM where TDT has only a call sign.
 */
final class Voyages {
  private static final Pattern REGISTRATION = Pattern.compile("[0-9]{2}[A-Z0-9]{4}");
  private static final String[] DEPARTURES = {"189", "133", "136", "186"};

  private final Telling telling;
  private final Map<String, Segment> moments = new HashMap<>();
  private @Nullable Segment transport;
  private @Nullable Segment vessel;
  private @Nullable Segment voyageNumber;
  private @Nullable String registration;
  private @Nullable String carrier;
  private @Nullable String loadPort;
  private @Nullable String dischargePort;
  private @Nullable String terminal;

  Voyages(Telling telling) {
    this.telling = telling;
  }

  /** Takes a segment of the header that may belong to the voyage. */
  void take(Segment segment) {
    switch (segment.tag()) {
      case "TDT" -> {
        if (segment.isQualified("20") && transport == null) {
          transport = segment;
          carrier = Texts.code(segment.value(5, 1), 17);
        }
      }
      case "RFF" -> reference(segment);
      case "LOC" -> place(segment);
      case "DTM" -> moments.putIfAbsent(segment.value(1, 1), segment);
      case "NAD" -> {
        if (segment.isQualified("CA") && carrier == null) {
          carrier = Texts.code(segment.value(2, 1), 17);
        }
      }
      default -> {}
    }
  }

  private void reference(Segment rff) {
    switch (rff.value(1, 1)) {
      case "VM" -> vessel = rff;
      case "VON" -> voyageNumber = rff;
      case "ATZ" -> {
        String number = Texts.code(rff.value(1, 2), 6);
        if (number == null || !REGISTRATION.matcher(number).matches()) {
          telling.faults().wrong(Fault.KEY_INVALID, rff, 1, 2, "[0-9]{2}[A-Z0-9]{4}");
        } else {
          registration = number;
        }
      }
      default -> {}
    }
  }

  private void place(Segment loc) {
    switch (loc.value(1)) {
      case "9", "6", "5" -> loadPort = Places.code(loc);
      case "11", "12", "60", "61" -> {
        dischargePort = Places.code(loc);
        if (!loc.value(3, 1).isEmpty() && terminal == null) {
          terminal = Places.terminal(loc);
        }
      }
      case "165" -> terminal = Places.terminal(loc);
      default -> {}
    }
  }

  /** The key; its absence, or a key that cannot be read, is a fault. */
  Optional<VoyageKey> required() {
    if (transport == null) {
      telling.faults().missing(telling.bgm(), "TDT 20");
      return Optional.empty();
    }
    Optional<VoyageKey> key = key();
    if (key.isEmpty() && telling.faults().none()) {
      Flaw flaw = flaw(transport);
      if (flaw.element == 0) {
        telling.faults().missing(flaw.segment, flaw.expected);
      } else {
        telling
            .faults()
            .wrong(Fault.KEY_INVALID, flaw.segment, flaw.element, flaw.component, flaw.expected);
      }
    }
    return key;
  }

  /** The key if it can be read; where not, the message goes on without it and says so. */
  Optional<VoyageKey> mentioned() {
    Optional<VoyageKey> key = key();
    if (key.isEmpty() && transport != null) {
      Flaw flaw = flaw(transport);
      telling
          .faults()
          .warn(Fault.VOYAGE_LEFT_OUT, flaw.segment, flaw.element, flaw.component, flaw.expected);
    }
    return key;
  }

  private Optional<VoyageKey> key() {
    if (transport == null) {
      return Optional.empty();
    }
    return isAir(transport) ? flight(transport) : call(transport);
  }

  private static boolean isAir(Segment tdt) {
    return tdt.value(3, 1).equals("4") || tdt.value(3, 1).equals("40");
  }

  private Optional<VoyageKey> call(Segment tdt) {
    String number = voyage(tdt);
    return ship(tdt).flatMap(imo -> VoyageKey.sea(imo.value(), number));
  }

  private String voyage(Segment tdt) {
    return tdt.value(2).isEmpty() && voyageNumber != null ? voyageNumber.value(1, 2) : tdt.value(2);
  }

  private Optional<ImoNumber> ship(Segment tdt) {
    Optional<ImoNumber> byName =
        tdt.value(8, 2).equals("103") ? Optional.empty() : ImoNumber.parse(tdt.value(8, 1));
    return byName.isPresent() || vessel == null ? byName : ImoNumber.parse(vessel.value(1, 2));
  }

  private Optional<VoyageKey> flight(Segment tdt) {
    String number = tdt.value(2).strip();
    boolean digitsOnly = !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
    String flight = digitsOnly && carrier != null ? carrier + number : number;
    return departureDay().flatMap(day -> VoyageKey.air(flight, day));
  }

  private Optional<LocalDate> departureDay() {
    for (String departure : DEPARTURES) {
      Segment dtm = moments.get(departure);
      if (dtm != null) {
        String format = dtm.value(1, 3).isEmpty() ? "203" : dtm.value(1, 3);
        return Moments.day(dtm.value(1, 2), format);
      }
    }
    return Optional.empty();
  }

  /** Where it lies that there is no key; element 0 where a whole segment is missing. */
  private record Flaw(Segment segment, int element, int component, String expected) {}

  private Flaw flaw(Segment tdt) {
    if (isAir(tdt)) {
      return departureDay().isEmpty()
          ? new Flaw(tdt, 0, 0, "DTM 189, 133")
          : new Flaw(tdt, 2, 1, "CI61");
    }
    if (ship(tdt).isPresent()) {
      return new Flaw(tdt, 2, 1, "[A-Z0-9]{1,17}");
    }
    return vessel != null ? new Flaw(vessel, 1, 2, "IMO") : new Flaw(tdt, 8, 1, "IMO");
  }

  /** The voyage with all that the message tells of it. */
  Fact.Voyage whole(VoyageKey key) {
    return new Fact.Voyage(
        telling.told(),
        key,
        vesselName(),
        registration,
        carrier,
        loadPort,
        dischargePort,
        terminal,
        moment("132", "232"),
        moment("178"),
        moment("133", "189"),
        moment("186", "136"));
  }

  /** The voyage's names only: the places of a gate or loading report are not the voyage's. */
  Fact.Voyage names(VoyageKey key) {
    return new Fact.Voyage(
        telling.told(),
        key,
        vesselName(),
        registration,
        carrier,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private @Nullable String vesselName() {
    return transport == null || isAir(transport) ? null : Texts.orNull(transport.value(8, 4));
  }

  private @Nullable Instant moment(String... qualifiers) {
    for (String qualifier : qualifiers) {
      Segment dtm = moments.get(qualifier);
      if (dtm != null) {
        return telling.moment(dtm).orElse(null);
      }
    }
    return null;
  }
}
