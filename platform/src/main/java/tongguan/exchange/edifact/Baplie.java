package tongguan.exchange.edifact;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.VoyageKey;

/**
 * BAPLIE, bay plan: in which cell of the vessel each container stands. SMDG 1.5 and 2.x put EQD
 * behind LOC 147 and what belongs to it, 3.x right behind LOC 147; all between two LOC 147 is one
 * cell. Cells without a container's number (projected boxes, lost space) are read over.
 */
final class Baplie {
  private static final Set<String> DOCUMENTS = Set.of("658", "659", "661", "662");

  private final Telling telling;
  private final Voyages voyages;
  private @Nullable Segment cell;
  private @Nullable Equipment equipment;
  private GrossWeight weight = new GrossWeight();
  private @Nullable String loadPort;
  private @Nullable String dischargePort;

  private Baplie(Telling telling) {
    this.telling = telling;
    this.voyages = new Voyages(telling);
  }

  static void read(Telling telling) {
    if (telling.function().isVoiding()) {
      telling.faults().wrong(Fault.FUNCTION_UNSUPPORTED, telling.bgm(), 3, 1, "9, 5, 4, 2");
    }
    telling.expectDocument(DOCUMENTS, false);
    new Baplie(telling).read();
  }

  private void read() {
    Optional<VoyageKey> voyage = Optional.empty();
    boolean header = true;
    for (Segment segment : telling.segments()) {
      if (segment.is("LOC") && segment.isQualified("147", "ZZZ")) {
        voyage = header ? voyages.required() : voyage;
        header = false;
        finish(voyage);
        open(segment);
      } else if (header) {
        voyages.take(segment);
      } else {
        take(segment);
      }
    }
    if (header) {
      voyages.required();
      telling.faults().missing(telling.bgm(), "LOC 147");
    }
    finish(voyage);
    voyage.ifPresent(key -> telling.tell(voyages.whole(key)));
  }

  private void open(Segment loc) {
    cell = loc;
    equipment = null;
    weight = new GrossWeight();
    loadPort = null;
    dischargePort = null;
  }

  private void take(Segment segment) {
    switch (segment.tag()) {
      case "EQD" -> equipment = Equipment.isContainer(segment) ? new Equipment(segment) : equipment;
      case "MEA" -> weight.measure(segment, telling.faults());
      case "LOC" -> {
        if (Places.isLoading(segment)) {
          loadPort = Places.code(segment);
        } else if (Places.isDischarge(segment)) {
          dischargePort = Places.code(segment);
        }
      }
      default -> {}
    }
  }

  private void finish(Optional<VoyageKey> voyage) {
    if (cell == null || equipment == null || voyage.isEmpty() || isUnnumbered(equipment)) {
      return;
    }
    Optional<ContainerNumber> number = equipment.number(telling.faults());
    if (number.isPresent()) {
      telling.tell(
          new Fact.Stowage(
              telling.told(),
              voyage.get(),
              number.get(),
              equipment.sizeType(),
              cell.isQualified("147") ? Places.code(cell) : null,
              loadPort,
              dischargePort,
              equipment.full(),
              weight.kilograms()));
    }
  }

  private static boolean isUnnumbered(Equipment equipment) {
    String number = equipment.segment().value(2, 1).strip();
    return number.isEmpty() || number.equals("PROJECTED");
  }
}
