package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tongguan.base.Limits;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;
import tongguan.record.Channel;
import tongguan.record.Fact;
import tongguan.record.StepKind;

/** What is kept, what is refused and what is read over, message by message. */
class MessageRulesTest {
  private static final String VESSEL = "TDT+20+0123E+1++COSU+++9074729:146:11:SHIP'";
  private static final String MANIFEST = "BGM+85+DOC1+9'DTM+137:202611180905:203'";
  private static final String GATE = "BGM+36+G1+9'DTM+137:202611211010:203'LOC+165+TWKEL-E12'";
  private static final String CRANE = "BGM+44+D1+9'DTM+137:202611211010:203'LOC+165+TWKEL-E12'";
  private static final String PLAN = "BGM++P1+9'DTM+137:202611180905:203'";
  private static final String BOX = "EQD+CN+CSQU3054383+22G1'DTM+7:202611211003:203'";
  private static final String ANSWER =
      "BGM+962+X+9'DTM+137:202611201400:203'RFF+ABT:AA/BC/15/1234/5678'";

  // what ships and flights are known by

  @Test
  void aManifestWithAWrongImoNumberIsRefusedBecauseItIsAboutNothingElse() {
    Rejection reason =
        refused("CUSCAR", MANIFEST + VESSEL.replace("9074729", "9074720") + "CNI+1'RFF+BM:A1'");

    assertThat(reason.code()).isEqualTo("key-invalid");
    assertThat(reason.where()).isEqualTo("segment 4 TDT, element 8 component 1");
    assertThat(reason.value()).isEqualTo("9074720");
  }

  @Test
  void aMovementWithAWrongImoNumberIsKeptWithoutItsVoyage() {
    List<Fact> facts = read("COARRI", CRANE + VESSEL.replace("9074729", "9074720") + BOX);

    assertThat(facts).hasSize(1);
    assertThat(((Fact.Movement) facts.getFirst()).voyage()).isNull();
  }

  @Test
  void whatAnAppliedMessageLeavesOutIsAWarningWithItsPlace() {
    List<Rejection> warnings =
        warnings(
            "COARRI",
            CRANE + VESSEL.replace("9074729", "9074720") + "EQD+TE+TRAILER9'" + BOX + "RFF+BM:()'");

    assertThat(warnings)
        .extracting(Rejection::code)
        .containsExactly("segment-ignored", "voyage-left-out", "bill-left-out");
    assertThat(warnings.get(1).where()).isEqualTo("segment 5 TDT, element 8 component 1");
    assertThat(warnings.get(1).value()).isEqualTo("9074720");
    assertThat(warnings("COARRI", CRANE + VESSEL + BOX)).isEmpty();
  }

  @Test
  void aMessageFullOfWhatIsReadOverHasABoundedListOfWarnings() {
    assertThat(warnings("CODECO", GATE + "EQD+TE+T1'".repeat(500) + BOX))
        .hasSize(Limits.MESSAGE_WARNINGS);
  }

  @Test
  void aCallSignIsNotTakenForAnImoNumberAndRffVmGivesIt() {
    String callSign = "TDT+20+0123E+1++COSU+++BKHE3:103::SHIP'";
    assertThat(refused("CUSCAR", MANIFEST + callSign + "CNI+1'RFF+BM:A1'").value())
        .isEqualTo("BKHE3");

    Fact.Bill bill =
        only(
            read("CUSCAR", MANIFEST + callSign + "RFF+VM:9074729'CNI+1'RFF+BM:A1'"),
            Fact.Bill.class);
    assertThat(bill.voyage()).hasToString("9074729/0123E");
  }

  @Test
  void aFlightOfDigitsTakesItsCarrierAndNeedsADateOfDeparture() {
    String flight = "TDT+20+0061+4++CI:172:3'";
    assertThat(refused("CUSCAR", MANIFEST + flight + "CNI+1'RFF+MWB:69512345675'").code())
        .isEqualTo("segment-missing");

    Fact.Bill bill =
        only(
            read(
                "CUSCAR",
                MANIFEST
                    + flight
                    + "DTM+133:202611200130+08:303'".replace("+08", "?+08")
                    + "CNI+1'RFF+MWB:695-1234 5675'"),
            Fact.Bill.class);
    assertThat(bill.voyage()).hasToString("CI61/2026-11-20");
    assertThat(bill.key()).isEqualTo("69512345675");
  }

  @Test
  void aVesselRegistrationOfAnotherFormIsRefused() {
    assertThat(refused("CUSCAR", MANIFEST + VESSEL + "RFF+ATZ:15-12'CNI+1'RFF+BM:A1'").where())
        .isEqualTo("segment 5 RFF, element 1 component 2");
  }

  // manifests

  @Test
  void aManifestTellsOfEmptiesThatAreInNoConsignment() {
    String empties =
        VESSEL
            + "EQD+CN+CSQU3054383+22G1+++4'EQD+CN+TEMU1234565+45G1+++5'"
            + "CNI+1'RFF+BM:A1'GID+1+2:CT'SGP+TEMU1234565+2'";
    List<Fact> facts = read("CUSCAR", MANIFEST + empties);

    Fact.Stowage empty = only(facts, Fact.Stowage.class);
    assertThat(empty.container()).hasToString("CSQU3054383");
    assertThat(empty.voyage()).hasToString("9074729/0123E");
    assertThat(empty.full()).isFalse();
    assertThat(empty.sizeType()).isEqualTo("22G1");
    assertThat(empty.cell()).isNull();
    assertThat(read("CUSCAR", MANIFEST.replace("+9'", "+1'") + empties))
        .noneMatch(Fact.Stowage.class::isInstance);
  }

  @Test
  void oneConsignmentMayListSeveralHouseBillsUnderItsMaster() {
    List<Fact> facts =
        read(
            "CUSCAR",
            MANIFEST
                + VESSEL
                + "CNI+1'RFF+BM:M1'RFF+BH:H1'GID+1+3:CT'FTX+AAA+++TEA'"
                + "RFF+BH:H2'GID+1+4:CT'FTX+AAA+++RICE'CNI+2'RFF+BM:M2'GID+1+5:PK'");

    assertThat(facts.stream().filter(Fact.Bill.class::isInstance).map(Fact::key))
        .containsExactly("M1/H1", "M1/H2", "M2");
    assertThat(facts.stream().filter(Fact.Bill.class::isInstance).map(f -> ((Fact.Bill) f).goods()))
        .containsExactly("TEA", "RICE", null);
  }

  @Test
  void aBillUnderAMasterBillIsItsHouseBill() {
    Fact.Bill bill =
        only(
            read("CUSCAR", MANIFEST + VESSEL + "CNI+1'RFF+BM:H1'RFF+MB:M1'LOC+9+CNSHA'"),
            Fact.Bill.class);

    assertThat(bill.key()).isEqualTo("M1/H1");
  }

  @Test
  void aHouseBillWithoutItsMasterIsRefused() {
    assertThat(refused("CUSCAR", MANIFEST + VESSEL + "CNI+1'RFF+BH:H1'").expected())
        .isEqualTo("RFF BM, MB, MWB");
  }

  @Test
  void theConsignmentsOwnNumberServesWhereNoReferenceDoes() {
    assertThat(
            only(read("CUSCAR", MANIFEST + VESSEL + "CNI+1+B-77:9'LOC+9+CNSHA'"), Fact.Bill.class)
                .key())
        .isEqualTo("B77");
  }

  @Test
  void goodsSplitOverContainersAreAddedUpAndTotalsWin() {
    Fact.Bill bill =
        only(
            read(
                "CUSCAR",
                MANIFEST
                    + VESSEL
                    + "EQD+CN+CSQU3054383+22G1:102:5++3+5'EQD+CN+TEMU1234565+45G1:102:5++3+5'"
                    + "CNI+1'RFF+BM:M1'CNT+8:100'GID+1+60:CT'MEA+AAE+G+KGM:600'"
                    + "SGP+CSQU3054383+40'MEA+AAE+G+KGM:400'SGP+TEMU1234565+20'"
                    + "MEA+AAE+G+TNE:0.2'GID+2+30:PK'MEA+WT++KGM:300,5'SGP+CSQU3054383+30'"),
            Fact.Bill.class);

    assertThat(bill.packages()).isEqualTo(100);
    assertThat(bill.packageUnit()).isEqualTo("PK");
    assertThat(bill.grossKg()).isEqualTo(new BigDecimal("900.5"));
    assertThat(bill.packed()).hasSize(2);
    assertThat(bill.packed().getFirst().packages()).isEqualTo(70);
    assertThat(bill.packed().getFirst().grossKg()).isEqualTo(new BigDecimal("400"));
    assertThat(bill.packed().getLast().sizeType()).isEqualTo("45G1");
    assertThat(bill.packed().getLast().grossKg()).isEqualTo(new BigDecimal("200"));
  }

  @Test
  void goodsTextsAreToldOnceEachAndCutWhereTheyGrowBeyondBounds() {
    String twice = "FTX+AAA+++TEA'FTX+AAA+++TEA'FTX+AAA+++RICE'";
    assertThat(goods(twice)).isEqualTo("TEA; RICE");

    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      many.append("FTX+AAA+++GOODS NUMBER ").append(i).append('\'');
    }
    assertThat(goods(many.toString()))
        .hasSizeLessThan(Limits.EDIFACT_TEXT_CHARACTERS * 2)
        .endsWith("…");
  }

  private static String goods(String texts) {
    List<Fact> facts = read("CUSCAR", MANIFEST + VESSEL + "CNI+1'RFF+BM:M1'GID+1+1:CT'" + texts);
    return String.valueOf(only(facts, Fact.Bill.class).goods());
  }

  @Test
  void aWrongCheckDigitIsKept() {
    Fact.Bill bill =
        only(
            read("CUSCAR", MANIFEST + VESSEL + "CNI+1'RFF+BM:M1'GID+1+1:CT'SGP+csqu 305438-4+1'"),
            Fact.Bill.class);

    assertThat(bill.packed().getFirst().container().value()).isEqualTo("CSQU3054384");
  }

  @Test
  void aCancelledManifestNeedsNoBills() {
    List<Fact> facts = read("CUSCAR", MANIFEST.replace("+9'", "+1'") + VESSEL);

    assertThat(only(facts, Fact.Manifest.class).clears()).isTrue();
    assertThat(refused("CUSCAR", MANIFEST + VESSEL).expected()).isEqualTo("CNI");
  }

  // weights

  @ParameterizedTest
  @CsvSource({
    "MEA+AAE+G+KGM:1000',1000",
    "MEA+WT++KGM:1000.25',1000.25",
    "MEA+AAE+VGM+KGM:900'MEA+AAE+G+KGM:1000',900",
    "MEA+AAE+G+KGM:1000'MEA+VGM++TNE:0.9',900",
    "MEA+AAE+T+KGM:2200',",
    "MEA+AAE+G+LBR:1000',453.592",
  })
  void theGrossWeightIsFoundAmongTheMeasures(String measures, BigDecimal kilograms) {
    Fact.Movement movement = only(read("CODECO", GATE + BOX + measures), Fact.Movement.class);

    assertThat(movement.grossKg()).isEqualTo(kilograms);
  }

  @Test
  void aWeightInAStrangeUnitOrWithoutANumberIsRefused() {
    assertThat(refused("CODECO", GATE + BOX + "MEA+AAE+G+XYZ:1'").code()).isEqualTo("unit-unknown");
    assertThat(refused("CODECO", GATE + BOX + "MEA+AAE+G+KGM:-5'").code())
        .isEqualTo("number-invalid");
    assertThat(refused("CODECO", GATE + BOX + "MEA+AAE+G+KGM:1E400'").code())
        .isEqualTo("number-invalid");
    assertThat(refused("CODECO", GATE + BOX + "MEA+AAE+G+TNE:99999999999'").code())
        .isEqualTo("number-invalid");
  }

  // movements

  @Test
  void aMovementWithoutATimeIsRefusedAndTheHeadersTimeServesAll() {
    Rejection reason = refused("CODECO", GATE + "EQD+CN+CSQU3054383'");
    assertThat(reason.code()).isEqualTo("segment-missing");
    assertThat(reason.expected()).isEqualTo("DTM 7, 203");

    Fact.Movement movement =
        only(
            read("CODECO", GATE + "DTM+7:202611211003:203'EQD+CN+CSQU3054383'"),
            Fact.Movement.class);
    assertThat(movement.at()).isEqualTo(Instant.parse("2026-11-21T02:03:00Z"));
  }

  @Test
  void thePlaceIsTheContainersElseTheHeadersElseTheOperators() {
    assertThat(
            only(read("CODECO", GATE + BOX + "LOC+165+TWKEL+W30:TER:ZZZ'"), Fact.Movement.class)
                .place())
        .isEqualTo("TWKEL-W30");
    String nowhere = "BGM+36+G1+9'DTM+137:202611211010:203'";
    assertThat(only(read("CODECO", nowhere + "NAD+TR+KEELT1'" + BOX), Fact.Movement.class).place())
        .isEqualTo("KEELT1");
    assertThat(refused("CODECO", nowhere + BOX).expected()).isEqualTo("LOC 165");
  }

  @Test
  void cancellingAReportCancelsItsMovements() {
    Fact.Movement movement =
        only(read("CODECO", GATE.replace("+9'", "+1'") + BOX), Fact.Movement.class);

    assertThat(movement.cancelled()).isTrue();
    assertThat(movement.told().rank()).isEqualTo(23);
  }

  @Test
  void otherEquipmentThanContainersIsReadOver() {
    assertThat(read("CODECO", GATE + "EQD+TE+TRAILER9'SEL+X1'" + BOX)).hasSize(1);
    assertThat(refused("CODECO", GATE + "EQD+TE+TRAILER9'").expected()).isEqualTo("EQD CN");
  }

  @Test
  void aDocumentCodeOfAnotherMessageIsRefused() {
    Rejection reason = refused("CODECO", GATE.replace("BGM+36", "BGM+44") + BOX);

    assertThat(reason.code()).isEqualTo("code-unknown");
    assertThat(reason.expected()).isEqualTo("109, 111, 34, 36");
  }

  // bay plans

  @Test
  void aBayPlanCannotBeCancelledAndEmptyCellsAreReadOver() {
    assertThat(refused("BAPLIE", PLAN.replace("+9'", "+1'") + VESSEL + "LOC+147+0120482'").code())
        .isEqualTo("function-unsupported");
    List<Fact> facts =
        read(
            "BAPLIE",
            PLAN
                + VESSEL
                + "LOC+147+0120482'LOC+147+0120484'EQD+CN++22G1'"
                + "LOC+147+0120486'EQD+CN+CSQU3054383+22G1+++4'LOC+9+CNSHA'");
    assertThat(only(facts, Fact.Stowage.class).cell()).isEqualTo("0120486");
    assertThat(only(facts, Fact.Stowage.class).full()).isFalse();
  }

  // customs responses

  @ParameterizedTest
  @CsvSource({
    "GIS+1,ACCEPTED,",
    "GIS+9,ACCEPTED,",
    "GIS+2,REJECTED,",
    "GIS+33,REJECTED,",
    "GIS+4,RELEASED,",
    "GIS+5,CHANNEL,C3",
    "GIS+6,CHANNEL,C2",
    "GIS+7,HOLD,",
    "GIS+15,CORRECTED,",
    "GIS+16,CORRECTION_ASKED,",
    "GIS+C1:ZZZ,CHANNEL,C1",
    "GIS+C3M::ZZZ,CHANNEL,C3M",
    "GIS+LFT:ZZZ,HOLD_LIFTED,",
    "GIS+RCL:ZZZ,RELEASE_CANCELLED,",
    "GEI+6+4,RELEASED,",
    "GEI+6+PAY:ZZZ,DUTY_PAID,",
    "GIS+SZD:ZZZ,SEIZED,",
  })
  void everyStatusIsOneStep(String status, StepKind step, Channel channel) {
    Fact.Step told = only(read("CUSRES", ANSWER + status + "'"), Fact.Step.class);

    assertThat(told.step()).isEqualTo(step);
    assertThat(told.channel()).isEqualTo(channel);
  }

  @Test
  void ourOwnStatusWithoutItsMarkIsNotUnderstood() {
    assertThat(refused("CUSRES", ANSWER + "GIS+C3X'").code()).isEqualTo("code-unknown");
    assertThat(refused("CUSRES", ANSWER + "GIS+4:ZZZ'").code()).isEqualTo("code-unknown");
  }

  @Test
  void cancellingAReleaseOrAHoldTakesItBackAndNothingElseCanBe() {
    String cancelled = ANSWER.replace("+9'", "+1'");

    assertThat(only(read("CUSRES", cancelled + "GIS+4'"), Fact.Step.class).step())
        .isEqualTo(StepKind.RELEASE_CANCELLED);
    assertThat(only(read("CUSRES", cancelled + "GIS+7'"), Fact.Step.class).step())
        .isEqualTo(StepKind.HOLD_LIFTED);
    assertThat(refused("CUSRES", cancelled + "GIS+1'").code()).isEqualTo("function-unsupported");
  }

  @Test
  void dutyPaidCarriesItsAmountAndReceipt() {
    Fact.Step paid =
        only(
            read("CUSRES", ANSWER + "GIS+PAY:ZZZ'RFF+ACD:RC778'MOA+9:12345:TWD'"), Fact.Step.class);

    assertThat(paid.amount()).isEqualTo(new BigDecimal("12345"));
    assertThat(paid.currency()).isEqualTo("TWD");
    assertThat(paid.reference()).isEqualTo("RC778");
  }

  // the whole

  @Test
  void aMessageWithoutADateTakesTheInterchangesAndIsKnownByIt() {
    String segments = "BGM+962+AA/BC/15/1234/5678+9'GIS+4'";
    Fact.Step step = only(read("CUSRES", segments), Fact.Step.class);
    assertThat(step.told().at()).isEqualTo(Instant.parse("2026-11-20T06:30:00Z"));

    Part.Message dated = part("CUSRES", ANSWER + "GIS+4'");
    Part.Message undated = part("CUSRES", segments);
    assertThat(dated.identity()).isEqualTo(dated.raw());
    assertThat(undated.identity()).isNotEqualTo(undated.raw()).endsWith(undated.raw());
  }

  @ParameterizedTest
  @CsvSource({
    "20261120:102,2026-11-19T16:00:00Z",
    "202611200830:203,2026-11-20T00:30:00Z",
    "20261120083015:204,2026-11-20T00:30:15Z",
    "202611200830UTC:303,2026-11-20T08:30:00Z",
    "202611200830TST:303,2026-11-20T00:30:00Z",
    "202611200830?+0900:205,2026-11-19T23:30:00Z",
    "202611202400:203,2026-11-20T16:00:00Z",
    "2611200830:201,2026-11-20T00:30:00Z",
    "261120:101,2026-11-19T16:00:00Z",
  })
  void datesAreReadInAllTheirFormats(String date, Instant at) {
    Fact.Step step = only(read("CUSRES", ANSWER + "DTM+9:" + date + "'GIS+4'"), Fact.Step.class);

    assertThat(step.told().at()).isEqualTo(at);
  }

  @ParameterizedTest
  @CsvSource({
    "202613010000:203",
    "202602300000:203",
    "20261120083:203",
    "202611200830XYZ:303",
    "989912310000:203",
    "20261120:203",
    "202611202460:203",
  })
  void noDateIsInvented(String date) {
    assertThat(refused("CUSRES", ANSWER + "DTM+9:" + date + "'GIS+4'").code())
        .isEqualTo("date-invalid");
  }

  @ParameterizedTest
  @CsvSource({
    "D:95B,true",
    "D:00A,true",
    "D:21B,true",
    "D:22A,false",
    "S:93A,false",
    "D:95C,false"
  })
  void theDirectoriesFromD95BToD21BAreRead(String directory, boolean read) {
    String body = body("CUSRES", ANSWER + "GIS+4'").replace("D:95B", directory);
    Reading reading = Seeds.read(Interchanges.split(bytes(body)).getFirst());

    assertThat(reading instanceof Reading.Facts).isEqualTo(read);
  }

  private static List<Fact> read(String kind, String segments) {
    return Seeds.facts(bytes(body(kind, segments)));
  }

  private static List<Rejection> warnings(String kind, String segments) {
    return ((Reading.Facts) Seeds.read(part(kind, segments))).warnings();
  }

  private static Rejection refused(String kind, String segments) {
    Reading reading = Seeds.read(part(kind, segments));
    assertThat(reading).isInstanceOf(Reading.Refused.class);
    return ((Reading.Refused) reading).reason();
  }

  private static Part.Message part(String kind, String segments) {
    return (Part.Message) Interchanges.split(bytes(body(kind, segments))).getFirst();
  }

  private static String body(String kind, String segments) {
    long count = segments.chars().filter(c -> c == '\'').count() + 2;
    return "UNB+UNOC:3+A+B+261120:1430+R1'UNH+1+"
        + kind
        + ":D:95B:UN'"
        + segments
        + "UNT+"
        + count
        + "+1'UNZ+1+R1'";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static <T extends Fact> T only(List<Fact> facts, Class<T> kind) {
    List<T> found = facts.stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
