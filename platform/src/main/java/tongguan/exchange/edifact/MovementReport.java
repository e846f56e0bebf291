package tongguan.exchange.edifact;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.MovementKind;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;

/**
 * What CODECO and COARRI have in common: a header with voyage and place, then one movement per EQD.
 * What a container's own segments leave out, the header's say. A voyage that cannot be read is left
 * out: the box has moved all the same.
 */
final class MovementReport {
  private final Telling telling;
  private final MovementKind movement;
  private final Function<Segment, @Nullable String> placeOf;
  private final Voyages voyages;
  private final Details header = new Details(null);
  private final List<Details> moved = new ArrayList<>();
  private @Nullable String operator;
  private @Nullable String sender;

  /** What is told of one container, or in the header of all. */
  private static final class Details {
    private final @Nullable Equipment equipment;
    private @Nullable String place;
    private boolean placeIsTerminal;
    private @Nullable Segment when;
    private @Nullable Segment bill;
    private @Nullable Segment houseBill;
    private @Nullable Segment declaration;
    private @Nullable String truck;

    private Details(@Nullable Equipment equipment) {
      this.equipment = equipment;
    }
  }

  /**
   * @param placeOf the place of the movement as a LOC says it; null for other places
   */
  MovementReport(
      Telling telling, MovementKind movement, Function<Segment, @Nullable String> placeOf) {
    this.telling = telling;
    this.movement = movement;
    this.placeOf = placeOf;
    this.voyages = new Voyages(telling);
  }

  void read() {
    Details here = header;
    boolean inHeader = true;
    boolean inContainer = true;
    for (Segment segment : telling.segments()) {
      if (segment.is("EQD")) {
        inHeader = false;
        inContainer = Equipment.isContainer(segment);
        if (inContainer) {
          here = new Details(new Equipment(segment));
          moved.add(here);
        } else {
          telling.faults().warn(Fault.SEGMENT_IGNORED, segment, 1, 1, "CN");
        }
      } else if (inHeader) {
        voyages.take(segment);
        headerParty(segment);
        take(segment, header);
      } else if (inContainer) {
        take(segment, here);
      }
    }
    if (moved.isEmpty()) {
      telling.faults().missing(telling.bgm(), "EQD CN");
    }
    tell();
  }

  private void headerParty(Segment segment) {
    if (segment.is("NAD") && segment.isQualified("TR")) {
      operator = Texts.code(segment.value(2, 1), 25);
    } else if (segment.is("NAD") && segment.isQualified("MS")) {
      sender = Texts.code(segment.value(2, 1), 25);
    }
  }

  private void take(Segment segment, Details into) {
    switch (segment.tag()) {
      case "LOC" -> place(segment, into);
      case "DTM" -> {
        if (segment.isQualified("7", "203") && into.when == null) {
          into.when = segment;
        }
      }
      case "RFF" -> reference(segment, into);
      case "TDT" -> {
        if (segment.isQualified("1", "10", "30") && isRoad(segment)) {
          into.truck = Texts.code(segment.value(8, 1), 17);
        }
      }
      case "MEA" -> {
        if (into.equipment != null) {
          into.equipment.measure(segment, telling.faults());
        }
      }
      case "SEL" -> {
        if (into.equipment != null) {
          into.equipment.seal(segment);
        }
      }
      default -> {}
    }
  }

  private void place(Segment loc, Details into) {
    String place = placeOf.apply(loc);
    boolean terminal = loc.isQualified("165");
    if (place != null && (into.place == null || (terminal && !into.placeIsTerminal))) {
      into.place = place;
      into.placeIsTerminal = terminal;
    }
  }

  private static boolean isRoad(Segment tdt) {
    return tdt.value(3, 1).isEmpty() || tdt.value(3, 1).equals("3");
  }

  private static void reference(Segment rff, Details into) {
    switch (rff.value(1, 1)) {
      case "BM", "MB", "MWB", "AWB" -> into.bill = into.bill == null ? rff : into.bill;
      case "BH", "HWB" -> into.houseBill = into.houseBill == null ? rff : into.houseBill;
      case "ABT", "AAE" -> into.declaration = into.declaration == null ? rff : into.declaration;
      default -> {}
    }
  }

  private void tell() {
    VoyageKey voyage = voyages.mentioned().orElse(null);
    if (voyage != null) {
      boolean arrival = movement == MovementKind.DISCHARGE;
      telling.tell(arrival ? voyages.whole(voyage) : voyages.names(voyage));
    }
    for (Details details : moved) {
      movement(details, voyage).ifPresent(telling::tell);
    }
  }

  private Optional<Fact.Movement> movement(Details details, @Nullable VoyageKey voyage) {
    Equipment equipment = details.equipment;
    if (equipment == null) {
      return Optional.empty();
    }
    Optional<ContainerNumber> number = equipment.number(telling.faults());
    Optional<Instant> at = moment(details, equipment);
    String place = place(details, equipment);
    if (number.isEmpty() || at.isEmpty() || place == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Fact.Movement(
            telling.told(),
            number.get(),
            movement,
            at.get(),
            place,
            null,
            telling.function().isVoiding(),
            equipment.sizeType(),
            equipment.full(),
            equipment.weight().kilograms(),
            equipment.seals(),
            voyage,
            bill(details),
            declaration(details),
            details.truck != null ? details.truck : header.truck));
  }

  private Optional<Instant> moment(Details details, Equipment equipment) {
    Segment when = details.when != null ? details.when : header.when;
    if (when == null) {
      telling.faults().missing(equipment.segment(), "DTM 7, 203");
      return Optional.empty();
    }
    return telling.moment(when);
  }

  private @Nullable String place(Details details, Equipment equipment) {
    if (details.place != null && (details.placeIsTerminal || !header.placeIsTerminal)) {
      return details.place;
    }
    if (header.place != null) {
      return header.place;
    }
    if (operator == null && sender == null) {
      telling.faults().missing(equipment.segment(), "LOC 165");
    }
    return operator != null ? operator : sender;
  }

  private @Nullable BillKey bill(Details details) {
    Segment master = details.bill;
    if (master == null) {
      return null;
    }
    Segment house = details.houseBill;
    Optional<BillKey> bill =
        BillKey.of(master.value(1, 2), house == null ? null : house.value(1, 2));
    if (bill.isEmpty()) {
      telling.faults().warn(Fault.BILL_LEFT_OUT, master, 1, 2, "[A-Z0-9]");
    }
    return bill.orElse(null);
  }

  private @Nullable DeclarationNumber declaration(Details details) {
    Segment rff = details.declaration;
    if (rff == null) {
      return null;
    }
    Optional<DeclarationNumber> number = DeclarationNumber.parse(rff.value(1, 2));
    if (number.isEmpty()) {
      telling.faults().wrong(Fault.KEY_INVALID, rff, 1, 2, "AA/BC/99/1234/5678");
    }
    return number.orElse(null);
  }
}
