package tongguan.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.record.Channel;
import tongguan.record.Direction;
import tongguan.record.Fact;
import tongguan.record.Record;
import tongguan.record.StepKind;
import tongguan.record.Told;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;

/** Express parcels of one flight, each with a house waybill and a declaration, told as facts. */
final class Parcels {
  static final String MASTER = "29712345675";
  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
  private static final VoyageKey FLIGHT =
      VoyageKey.air("CI6831", LocalDate.of(2026, 11, 20)).orElseThrow();
  private static final Instant LATER = Instant.parse("2026-11-21T00:00:00Z");

  private final List<Fact> facts = new ArrayList<>();

  static String house(int number) {
    return "SQ%08d".formatted(number);
  }

  static DeclarationNumber declaration(String office, int number) {
    return DeclarationNumber.parse(
            "%s//15/%04d/%04d".formatted(office, number / 10_000, number % 10_000))
        .orElseThrow();
  }

  static DeclarationNumber declaration(int number) {
    return declaration("CA", number);
  }

  private static Told told(Instant at, String what, int classification) {
    UUID id = UUID.nameUUIDFromBytes((at + what).getBytes(UTF_8));
    return new Told(at, 30, id.getMostSignificantBits(), id, "TEST", classification);
  }

  /** Ready to be released: an export without a check. */
  Parcels ready(int number) {
    return declared("CA", number, 0, null)
        .step(number, StepKind.ACCEPTED, null, DAY)
        .channel(number);
  }

  Parcels declared(String office, int number, int classification, @Nullable String box) {
    DeclarationNumber declaration = declaration(office, number);
    BillKey bill = BillKey.of(MASTER, house(number)).orElseThrow();
    List<ContainerNumber> boxes = box == null ? List.of() : List.of(new ContainerNumber(box));
    bill(number, classification);
    facts.add(
        new Fact.Declaration(
            told(DAY, declaration.value(), classification),
            declaration,
            Direction.EXPORT,
            "G5",
            office,
            "TRADER",
            null,
            null,
            null,
            null,
            null,
            FLIGHT,
            null,
            null,
            "CN",
            1,
            "CT",
            new BigDecimal("2.5"),
            null,
            null,
            List.of(),
            List.of(bill),
            boxes));
    return this;
  }

  /** Goods on the manifest of which nothing is declared. */
  Parcels bill(int number, int classification) {
    facts.add(
        new Fact.Bill(
            told(DAY, house(number), classification),
            BillKey.of(MASTER, house(number)).orElseThrow(),
            FLIGHT,
            "M1",
            false,
            "phone cases",
            1,
            "CT",
            new BigDecimal("2.4"),
            "SHIPPER",
            "CONSIGNEE " + number,
            null,
            null,
            "CNSHA",
            null,
            null,
            List.of(),
            List.of()));
    return this;
  }

  Parcels channel(int number) {
    return step(number, StepKind.CHANNEL, Channel.C1, DAY.plusSeconds(60));
  }

  Parcels released(int number) {
    return ready(number).step(number, StepKind.RELEASED, null, LATER);
  }

  Parcels step(int number, StepKind kind, @Nullable Channel channel, Instant at) {
    facts.add(
        new Fact.Step(
            told(at, declaration(number).value() + kind, 0),
            declaration(number),
            kind,
            "R1",
            channel,
            null,
            null,
            null,
            null,
            List.of()));
    return this;
  }

  void tell(DatabaseUrl url) {
    try (Database database = new Database(url, 1)) {
      int _ =
          database.inTransaction(tx -> {
            new Record().apply(tx, facts);
            return facts.size();
          });
    }
  }

  static List<String> houses(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Parcels::house).toList();
  }
}
