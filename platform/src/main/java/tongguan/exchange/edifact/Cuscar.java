package tongguan.exchange.edifact;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.VoyageKey;

/**
 * CUSCAR, customs cargo report: a voyage's manifest (艙單). The header names the voyage, EQD the
 * containers, each CNI a bill; SGP says which containers the goods are in.
 */
final class Cuscar {
  private static final Set<String> DOCUMENTS =
      Set.of("85", "785", "833", "788", "703", "704", "705", "740", "741", "632", "87");

  private final Telling telling;
  private final Voyages voyages;
  private final Map<ContainerNumber, Equipment> containers = new LinkedHashMap<>();
  private final Set<ContainerNumber> packed = new HashSet<>();
  private @Nullable Equipment container;
  private @Nullable Consignment consignment;

  private Cuscar(Telling telling) {
    this.telling = telling;
    this.voyages = new Voyages(telling);
  }

  static void read(Telling telling) {
    new Cuscar(telling).read();
  }

  private void read() {
    telling.expectDocument(DOCUMENTS, false);
    if (telling.document().isEmpty()) {
      telling.faults().wrong(Fault.ELEMENT_MISSING, telling.bgm(), 2, 1, "1004");
    }
    Optional<VoyageKey> voyage = Optional.empty();
    boolean header = true;
    for (Segment segment : telling.segments()) {
      if (header && segment.is("CNI")) {
        header = false;
        voyage = voyages.required();
      }
      if (header) {
        headerSegment(segment);
      } else {
        consignmentSegment(segment, voyage);
      }
    }
    if (header) {
      voyage = voyages.required();
      if (telling.function() != Telling.Function.CANCEL) {
        telling.faults().missing(telling.bgm(), "CNI");
      }
    }
    finish(voyage);
    voyage.ifPresent(this::whole);
  }

  private void headerSegment(Segment segment) {
    switch (segment.tag()) {
      case "EQD" -> container = containerOf(segment);
      case "MEA" -> {
        if (container != null) {
          container.measure(segment, telling.faults());
        }
      }
      case "SEL" -> {
        if (container != null) {
          container.seal(segment);
        }
      }
      default -> voyages.take(segment);
    }
  }

  private @Nullable Equipment containerOf(Segment eqd) {
    if (!Equipment.isContainer(eqd)) {
      telling.faults().warn(Fault.SEGMENT_IGNORED, eqd, 1, 1, "CN");
      return null;
    }
    Equipment equipment = new Equipment(eqd);
    equipment.number(telling.faults()).ifPresent(number -> containers.put(number, equipment));
    return equipment;
  }

  private void consignmentSegment(Segment segment, Optional<VoyageKey> voyage) {
    if (segment.is("CNI")) {
      finish(voyage);
      consignment = new Consignment(telling, segment);
    } else if (consignment != null && consignment.startsAnother(segment)) {
      Consignment next = consignment.next(segment);
      finish(voyage);
      consignment = next;
    } else if (consignment != null) {
      consignment.take(segment);
    }
  }

  private void finish(Optional<VoyageKey> voyage) {
    if (consignment != null && voyage.isPresent()) {
      consignment.bill(voyage.get(), containers).ifPresent(this::tell);
    }
    consignment = null;
  }

  private void tell(Fact.Bill bill) {
    telling.tell(bill);
    bill.packed().forEach(part -> packed.add(part.container()));
  }

  /** Boxes that the manifest names and puts no goods into: empties, which the ship carries too. */
  private void unpacked(VoyageKey voyage) {
    containers.forEach((number, box) -> {
      if (!packed.contains(number)) {
        telling.tell(
            new Fact.Stowage(
                telling.told(),
                voyage,
                number,
                box.sizeType(),
                null,
                null,
                null,
                box.full(),
                box.weight().kilograms()));
      }
    });
  }

  private void whole(VoyageKey voyage) {
    if (!telling.function().isVoiding()) {
      unpacked(voyage);
    }
    telling.tell(voyages.whole(voyage));
    boolean clears =
        telling.function() == Telling.Function.REPLACE
            || telling.function() == Telling.Function.CANCEL;
    telling.tell(new Fact.Manifest(telling.told(), telling.document(), voyage, clears));
  }
}
