package tongguan.exchange.edifact;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tongguan.record.Channel;
import tongguan.record.Fact;
import tongguan.record.MovementKind;
import tongguan.record.StepKind;

/** What each right message tells. */
class EdifactMessagesTest {

  @Test
  void aSeaManifestTellsTheVoyageTheManifestAndItsBills() {
    List<Fact> facts = Seeds.facts("cuscar-sea");

    Fact.Bill bill = only(facts, Fact.Bill.class);
    assertThat(bill.key()).isEqualTo("COSU6123456780/KLN2611001");
    assertThat(bill.voyage().value()).isEqualTo("9074729/0123E");
    assertThat(bill.goods()).isEqualTo("BICYCLE FRAMES, ALUMINIUM");
    assertThat(bill.packages()).isEqualTo(480);
    assertThat(bill.grossKg()).isEqualTo(new BigDecimal("9200"));
    assertThat(bill.consignor()).isEqualTo("SHANGHAI EXPORT CO, LTD");
    assertThat(bill.consigneeCompany()).isEqualTo("12345675");
    assertThat(bill.dangerous()).containsExactly(new Fact.Bill.Dangerous("3", "1263"));
    Fact.Bill.Packed packed = bill.packed().getFirst();
    assertThat(packed.container().value()).isEqualTo("CSQU3054383");
    assertThat(packed.sizeType()).isEqualTo("22G1");
    assertThat(packed.full()).isTrue();
    assertThat(packed.packages()).isEqualTo(480);
    assertThat(packed.seals()).containsExactly("CN884412");

    Fact.Voyage voyage = only(facts, Fact.Voyage.class);
    assertThat(voyage.registration()).isEqualTo("151234");
    assertThat(voyage.vesselName()).isEqualTo("EVER SAMPLE");
    assertThat(voyage.terminal()).isEqualTo("TWKEL-E12");
    assertThat(voyage.eta()).isEqualTo(Instant.parse("2026-11-19T22:00:00Z"));
    assertThat(only(facts, Fact.Manifest.class).clears()).isFalse();
  }

  @Test
  void anAirManifestIsKnownByFlightAndLocalDateOfDeparture() {
    Fact.Bill bill = only(Seeds.facts("cuscar-air"), Fact.Bill.class);

    assertThat(bill.key()).isEqualTo("69512345675/H123");
    assertThat(bill.voyage().value()).isEqualTo("CI61/2026-11-20");
    assertThat(bill.grossKg()).isEqualTo(new BigDecimal("0.42"));
  }

  @Test
  void aReplacedManifestClearsWhatItSaidBefore() {
    List<Fact> facts = Seeds.facts("cuscar-replace");

    assertThat(only(facts, Fact.Manifest.class).clears()).isTrue();
    assertThat(only(facts, Fact.Bill.class).cancelled()).isFalse();
    assertThat(facts.getFirst().told().rank()).isEqualTo(22);
  }

  @Test
  void aDeletionCancelsTheBillsThatItListsOnly() {
    List<Fact> facts = Seeds.facts("cuscar-delete-bill");

    assertThat(only(facts, Fact.Manifest.class).clears()).isFalse();
    assertThat(only(facts, Fact.Bill.class).cancelled()).isTrue();
  }

  @Test
  void chineseNamesAreReadWhateverTheInterchangeDeclares() {
    assertThat(only(Seeds.facts("cuscar-utf8"), Fact.Bill.class).consignee()).isEqualTo("陳美玲");
    assertThat(only(Seeds.facts("cuscar-big5"), Fact.Bill.class).consignee()).isEqualTo("陳美玲功許蓋");
  }

  /** Java keeps them in two characters each; some names of people and places are written so. */
  @Test
  void rareCharactersBeyondTheFirstPlaneAreReadWithEveryByteThatTheyCanHold() {
    String seed = new String(Seeds.bytes("cuscar-utf8"), StandardCharsets.UTF_8);
    String everyLastByte =
        IntStream.range(0x1F300, 0x1F340).mapToObj(Character::toString).collect(joining());
    for (String name : List.of("𠮷野家", "é🚢ß 𪚥", "𒐫𒐫𒐫", everyLastByte)) {
      byte[] body = seed.replace("陳美玲", name).getBytes(StandardCharsets.UTF_8);

      assertThat(only(Seeds.facts(body), Fact.Bill.class).consignee()).isEqualTo(name);
    }
  }

  @Test
  void aGateReportTellsAMovementWithItsTruckBillAndDeclaration() {
    Fact.Movement movement = only(Seeds.facts("codeco-gate-out"), Fact.Movement.class);

    assertThat(movement.movement()).isEqualTo(MovementKind.GATE_OUT);
    assertThat(movement.at()).isEqualTo(Instant.parse("2026-11-21T02:03:00Z"));
    assertThat(movement.told().at()).isEqualTo(Instant.parse("2026-11-21T02:10:00Z"));
    assertThat(movement.place()).isEqualTo("TWKEL-E12");
    assertThat(movement.full()).isTrue();
    assertThat(movement.grossKg()).isEqualTo(new BigDecimal("18250.5"));
    assertThat(movement.truck()).isEqualTo("KEA-1234");
    assertThat(movement.bill()).hasToString("COSU6123456780");
    assertThat(movement.declaration()).hasToString("AABC1512345678");
    assertThat(movement.voyage()).hasToString("9074729/0123E");
  }

  @Test
  void theGateReportOfALaterDirectoryTellsTheSame() {
    Fact.Movement old = only(Seeds.facts("codeco-gate-out"), Fact.Movement.class);

    assertThat(only(Seeds.facts("codeco-d16b"), Fact.Movement.class)).isEqualTo(old);
  }

  @Test
  void theDocumentCodeTellsInFromOutAndDischargeFromLoading() {
    assertThat(only(Seeds.facts("codeco-gate-in"), Fact.Movement.class).movement())
        .isEqualTo(MovementKind.GATE_IN);
    assertThat(only(Seeds.facts("coarri-discharge"), Fact.Movement.class).movement())
        .isEqualTo(MovementKind.DISCHARGE);
    Fact.Movement load = only(Seeds.facts("coarri-load"), Fact.Movement.class);
    assertThat(load.movement()).isEqualTo(MovementKind.LOAD);
    assertThat(load.place()).isEqualTo("TWKEL-E12");
  }

  @Test
  void aDischargeReportTellsWhenTheVesselArrived() {
    Fact.Voyage voyage = only(Seeds.facts("coarri-discharge"), Fact.Voyage.class);

    assertThat(voyage.ata()).isEqualTo(Instant.parse("2026-11-19T22:10:00Z"));
    assertThat(voyage.dischargePort()).isEqualTo("TWKEL");
    assertThat(voyage.terminal()).isEqualTo("TWKEL-E12");
  }

  @Test
  void aCustomsResponseTellsOneStepForEachStatusAndDeclaration() {
    Fact.Step accepted = only(Seeds.facts("cusres-accepted"), Fact.Step.class);
    assertThat(accepted.step()).isEqualTo(StepKind.ACCEPTED);
    assertThat(accepted.told().at()).isEqualTo(Instant.parse("2026-11-20T06:00:12Z"));

    Fact.Step rejected = only(Seeds.facts("cusres-rejected"), Fact.Step.class);
    assertThat(rejected.details())
        .containsExactly(new Fact.Step.Detail("E0417", "GROSS WEIGHT BELOW NET WEIGHT", null));

    Fact.Step channel = only(Seeds.facts("cusres-channel"), Fact.Step.class);
    assertThat(channel.channel()).isEqualTo(Channel.C3X);

    Fact.Step hold = only(Seeds.facts("cusres-hold"), Fact.Step.class);
    assertThat(hold.step()).isEqualTo(StepKind.HOLD);
    assertThat(hold.reference()).isEqualTo("HD26001234");
    assertThat(hold.reason()).isEqualTo("INTELLECTUAL PROPERTY");

    assertThat(only(Seeds.facts("cusres-lifted"), Fact.Step.class).step())
        .isEqualTo(StepKind.HOLD_LIFTED);
    assertThat(only(Seeds.facts("cusres-released"), Fact.Step.class).step())
        .isEqualTo(StepKind.RELEASED);
    assertThat(Seeds.facts("cusres-d00b")).hasSize(4);
  }

  @Test
  void theBayPlansOfAllThreeGenerationsTellTheSameStowage() {
    Fact.Stowage stowage = only(Seeds.facts("baplie-22"), Fact.Stowage.class);

    assertThat(stowage.cell()).isEqualTo("0120482");
    assertThat(stowage.container().value()).isEqualTo("CSQU3054383");
    assertThat(stowage.loadPort()).isEqualTo("CNSHA");
    assertThat(stowage.dischargePort()).isEqualTo("TWKEL");
    assertThat(stowage.grossKg()).isEqualTo(new BigDecimal("18250"));
    assertThat(only(Seeds.facts("baplie-15"), Fact.Stowage.class)).isEqualTo(stowage);
    assertThat(only(Seeds.facts("baplie-31"), Fact.Stowage.class)).isEqualTo(stowage);
  }

  private static <T extends Fact> T only(List<Fact> facts, Class<T> kind) {
    List<T> found = facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
