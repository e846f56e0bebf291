package tongguan.exchange.edifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.key.BillKey;
import tongguan.record.key.CompanyNumber;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.VoyageKey;

/** The goods under one bill of a CUSCAR, from CNI (or a further bill's RFF) to the next. */
final class Consignment {
  private final Telling telling;
  private final Segment cni;
  private final BillNumbers numbers;
  private final Goods goods;
  private final List<Fact.Bill.Dangerous> dangerous = new ArrayList<>();
  private boolean detailed;
  private @Nullable String consignor;
  private @Nullable String consignee;
  private @Nullable String consigneeCompany;
  private @Nullable String notifyParty;
  private @Nullable String loadPort;
  private @Nullable String dischargePort;
  private @Nullable String placeOfDelivery;

  Consignment(Telling telling, Segment cni) {
    this(telling, cni, new BillNumbers());
  }

  private Consignment(Telling telling, Segment cni, BillNumbers numbers) {
    this.telling = telling;
    this.cni = cni;
    this.numbers = numbers;
    this.goods = new Goods(cni, telling.faults());
  }

  /** Whether a segment names another bill under the same CNI. */
  boolean startsAnother(Segment segment) {
    return segment.is("RFF")
        && BillNumbers.isBill(segment)
        && (detailed || numbers.isTaken(segment));
  }

  /** The bill that this segment begins; a house bill stays under the master told before. */
  Consignment next(Segment rff) {
    Consignment next = new Consignment(telling, cni, numbers.next(rff));
    next.numbers.take(rff);
    return next;
  }

  void take(Segment segment) {
    switch (segment.tag()) {
      case "RFF" -> {
        if (BillNumbers.isBill(segment)) {
          numbers.take(segment);
        }
      }
      case "LOC" -> {
        detailed = true;
        place(segment);
      }
      case "NAD" -> {
        detailed = true;
        party(segment);
      }
      case "DGS" -> dangerous(segment);
      case "GID", "FTX", "MEA", "SGP", "CNT" -> {
        detailed = true;
        goods.take(segment);
      }
      default -> {}
    }
  }

  private void place(Segment loc) {
    if (Places.isLoading(loc)) {
      loadPort = Places.code(loc);
    } else if (Places.isDischarge(loc)) {
      dischargePort = Places.code(loc);
    } else if (loc.isQualified("7")) {
      placeOfDelivery = Places.code(loc);
    }
  }

  private void party(Segment nad) {
    switch (nad.value(1)) {
      case "CN" -> {
        consignee = Parties.name(nad);
        consigneeCompany =
            CompanyNumber.parse(nad.value(2, 1)).map(CompanyNumber::value).orElse(null);
      }
      case "CZ" -> consignor = Parties.name(nad);
      case "NI", "N1" -> notifyParty = notifyParty == null ? Parties.name(nad) : notifyParty;
      default -> {}
    }
  }

  private void dangerous(Segment dgs) {
    String hazardClass = Texts.code(dgs.value(2, 1), 7);
    String unNumber = Texts.code(dgs.value(3, 1), 4);
    if (hazardClass != null || unNumber != null) {
      dangerous.add(new Fact.Bill.Dangerous(hazardClass, unNumber));
    }
  }

  /** The bill, unless it has no number that can be read. */
  Optional<Fact.Bill> bill(VoyageKey voyage, Map<ContainerNumber, Equipment> containers) {
    return numbers.key(cni, telling.faults()).map(key -> bill(key, voyage, containers));
  }

  private Fact.Bill bill(
      BillKey key, VoyageKey voyage, Map<ContainerNumber, Equipment> containers) {
    return new Fact.Bill(
        telling.told(),
        key,
        voyage,
        telling.document(),
        telling.function().isVoiding(),
        goods.description(),
        goods.packages(),
        goods.packageUnit(),
        goods.grossKg(),
        consignor,
        consignee,
        consigneeCompany,
        notifyParty,
        loadPort,
        dischargePort,
        placeOfDelivery,
        List.copyOf(dangerous),
        goods.packed(containers));
  }
}
