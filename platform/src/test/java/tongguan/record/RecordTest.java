package tongguan.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.record.Told.Function;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;

/**
 * The record's state is a function of the set of facts: order, repetition and concurrency cannot
 * show in it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordTest {
  private static final List<String> TABLES =
      List.of(
          "voyage",
          "manifest",
          "container",
          "bill",
          "bill_container",
          "stowage",
          "movement",
          "seal",
          "declaration",
          "declaration_bill",
          "declaration_container",
          "step",
          "permit",
          "examination",
          "bonded_check",
          "company");
  private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");
  private static final VoyageKey VOYAGE = VoyageKey.sea("9074729", "0123E").orElseThrow();
  private static final ContainerNumber BOX = new ContainerNumber("CSQU3054383");
  private static final ContainerNumber OTHER = new ContainerNumber("MSKU0000006");
  private static final BillKey BILL = BillKey.of("COSU6123456780", null).orElseThrow();
  private static final BillKey HOUSE = BillKey.of("COSU6123456780", "H1").orElseThrow();
  private static final DeclarationNumber DECLARATION =
      DeclarationNumber.parse("AA/BC/99/1234/5678").orElseThrow();

  private final Record record = new Record();
  private DatabaseUrl url;
  private Database database;

  @BeforeAll
  void open() {
    url = TestDatabase.fresh(Platform.ROOMS);
    database = new Database(url, 4);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void forget() {
    TABLES.forEach(table -> TestDatabase.execute(url, "truncate record." + table));
  }

  @Test
  void factsInAnyOrderAndCutIntoAnyBatchesGiveTheSameState() {
    List<Fact> facts = aCall();
    apply(facts);
    List<String> inOrder = dump();

    long seed = System.nanoTime();
    System.err.println("seed of factsInAnyOrder: " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      forget();
      List<Fact> shuffled = new ArrayList<>(facts);
      shuffled.addAll(facts.subList(0, facts.size() / 2));
      Collections.shuffle(shuffled, random);
      for (int at = 0; at < shuffled.size(); ) {
        int size = Math.min(shuffled.size() - at, 1 + random.nextInt(6));
        apply(shuffled.subList(at, at + size));
        at += size;
      }

      assertThat(dump()).as("round %d of seed %d", round, seed).isEqualTo(inOrder);
    }
  }

  @Test
  void factsAppliedByManyAtOnceGiveTheSameState() throws ExecutionException, InterruptedException {
    List<Fact> facts = aCall();
    apply(facts);
    List<String> inOrder = dump();
    forget();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> runs = new ArrayList<>();
      for (Fact fact : facts) {
        runs.add(threads.submit(() -> apply(List.of(fact))));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }

    assertThat(dump()).isEqualTo(inOrder);
  }

  @Test
  void aDeclarationGoesThroughItsPhases() {
    apply(List.of(declaration(1), step(1, StepKind.LODGED)));
    assertThat(phase()).isEqualTo("lodged|{acceptance}|accepted");
    apply(List.of(step(2, StepKind.ACCEPTED)));
    assertThat(phase()).isEqualTo("accepted|{channel}|channel");
    apply(List.of(channel(3, Channel.C3X)));
    assertThat(phase()).isEqualTo("examination|{examination}|examination-assigned");
    apply(List.of(step(4, StepKind.EXAMINATION_ASSIGNED)));
    assertThat(phase()).isEqualTo("examination|{examination}|examined");
    apply(List.of(step(5, StepKind.EXAMINED)));
    assertThat(phase()).isEqualTo("valuation|{valuation}|valued");
    apply(List.of(step(6, StepKind.DUTY_ASSESSED)));
    assertThat(phase()).isEqualTo("duty|{duty}|duty-paid");
    apply(List.of(step(7, StepKind.HOLD)));
    assertThat(phase()).isEqualTo("duty|{hold,duty}|duty-paid");
    apply(List.of(step(8, StepKind.DUTY_PAID), step(9, StepKind.HOLD_LIFTED)));
    assertThat(phase()).isEqualTo("ready|{release}|released");
    apply(List.of(step(10, StepKind.RELEASED)));
    assertThat(phase()).isEqualTo("released|{gate-out}|goods-out");
    apply(List.of(movement(11, BOX, MovementKind.GATE_OUT)));
    assertThat(phase()).isEqualTo("out|{}|null");
  }

  @Test
  void aReleaseThatWasTakenBackIsNoRelease() {
    apply(
        List.of(
            declaration(1),
            channel(2, Channel.C1),
            step(3, StepKind.DUTY_ASSESSED),
            step(4, StepKind.DUTY_PAID),
            step(5, StepKind.RELEASED),
            step(6, StepKind.RELEASE_CANCELLED)));

    assertThat(phase()).isEqualTo("ready|{release}|released");
  }

  @Test
  void aReplacedManifestPutsBillsThatItNoLongerNamesOffIt() {
    apply(List.of(manifest(1, false), bill(1, BILL, BOX), bill(1, HOUSE, BOX)));
    apply(List.of(manifest(3, true), bill(3, BILL, BOX)));

    assertThat(
            rows(
                """
                select b.key || ' ' || ((m.cleared).at > b.told_at)
                from record.bill b join record.manifest m on m.document = b.document
                order by b.key
                """))
        .containsExactly("COSU6123456780 false", "COSU6123456780/H1 true");
  }

  @Test
  void anOlderStatementThatArrivesLateBringsNoBoxesBack() {
    apply(List.of(bill(5, BILL, OTHER)));
    apply(List.of(bill(1, BILL, BOX)));

    assertThat(rows("select container from record.bill_container")).containsExactly("MSKU0000006");
  }

  private String phase() {
    return rows("select concat_ws('|', phase, waiting_for, coalesce(next_step, 'null')) from record.declaration")
        .getFirst();
  }

  /** A container's whole way with amendments, cancellations and contradictions in it. */
  private static List<Fact> aCall() {
    List<Fact> facts = new ArrayList<>();
    facts.add(voyage(1, "EVER GIVEN", null));
    facts.add(voyage(2, null, "26A123"));
    facts.add(voyage(3, "EVER GIVEN II", null));
    facts.add(manifest(1, false));
    facts.add(bill(1, BILL, BOX));
    facts.add(bill(1, HOUSE, BOX));
    facts.add(bill(2, BILL, OTHER));
    facts.add(manifest(3, true));
    facts.add(bill(3, BILL, BOX));
    facts.add(
        new Fact.Stowage(
            told(2, "s"), VOYAGE, BOX, "22G1", "0120482", "SGSIN", "TWKEL", true, null));
    facts.add(
        new Fact.Stowage(
            told(1, "r"), VOYAGE, BOX, "20G1", "0120484", "SGSIN", "TWKEL", true, null));
    for (MovementKind kind : MovementKind.values()) {
      facts.add(movement(4 + kind.ordinal(), BOX, kind));
      facts.add(movement(14 + kind.ordinal(), OTHER, kind));
    }
    facts.add(movement(30, BOX, MovementKind.GATE_OUT));
    facts.add(declaration(5));
    facts.add(declaration(6));
    for (StepKind kind : StepKind.values()) {
      if (kind != StepKind.CHANNEL && kind.ordinal() <= StepKind.RELEASE_CANCELLED.ordinal()) {
        facts.add(step(7 + kind.ordinal(), kind));
      }
    }
    facts.add(channel(8, Channel.C1));
    facts.add(channel(9, Channel.C3M));
    facts.add(step(29, StepKind.RELEASED));
    facts.add(
        new Fact.Permit(
            told(3, "p"),
            "DP1",
            VOYAGE,
            Fact.Permit.Scope.ALL,
            false,
            "AA",
            "KEL1",
            null,
            List.of(),
            List.of()));
    facts.add(
        new Fact.Permit(
            told(4, "q"),
            "DP1",
            VOYAGE,
            Fact.Permit.Scope.PART,
            false,
            "AA",
            "KEL2",
            null,
            List.of(BOX),
            List.of(BILL)));
    facts.add(examination(12, Fact.Examination.Result.ASSIGNED));
    facts.add(examination(13, Fact.Examination.Result.CONFORM));
    facts.add(
        new Fact.BondedCheck(
            told(20, "k"),
            "BC1",
            new Fact.BondedCheck.Premises("W1", "保稅倉庫", Fact.BondedCheck.Premises.Kind.WAREHOUSE),
            "12345675",
            Fact.BondedCheck.Result.PLANNED,
            false,
            List.of(DECLARATION),
            List.of(BOX),
            List.of(),
            null));
    return facts;
  }

  private static Told told(int hour, String message) {
    UUID id = UUID.nameUUIDFromBytes((hour + message).getBytes(UTF_8));
    return new Told(
        DAY.plusSeconds(hour * 3600L),
        Told.rank(3, Function.ORIGINAL),
        ByteBuffer.wrap(id.toString().getBytes(UTF_8)).getLong(),
        id,
        "TEST");
  }

  private static Fact voyage(int hour, @Nullable String vessel, @Nullable String registration) {
    return new Fact.Voyage(
        told(hour, "v"),
        VOYAGE,
        vessel,
        registration,
        null,
        "SGSIN",
        "TWKEL",
        null,
        DAY.plusSeconds(hour),
        null,
        null,
        null);
  }

  private static Fact manifest(int hour, boolean clears) {
    return new Fact.Manifest(told(hour, "m"), "DOC1", VOYAGE, clears);
  }

  private static Fact bill(int hour, BillKey key, ContainerNumber box) {
    return new Fact.Bill(
        told(hour, "m"),
        key,
        VOYAGE,
        "DOC1",
        false,
        "輪胎 tyres " + hour,
        hour,
        "CT",
        BigDecimal.valueOf(hour),
        null,
        "大同貿易",
        "12345675",
        null,
        "SGSIN",
        "TWKEL",
        null,
        List.of(),
        List.of(
            new Fact.Bill.Packed(box, "22G1", true, hour, BigDecimal.TEN, List.of("SEAL" + hour))));
  }

  private static Fact movement(int hour, ContainerNumber box, MovementKind kind) {
    return new Fact.Movement(
        told(hour, "c"),
        box,
        kind,
        DAY.plusSeconds(hour * 3600L),
        "KEL1",
        null,
        false,
        "22G1",
        true,
        null,
        List.of("SEAL" + hour),
        VOYAGE,
        null,
        null,
        null);
  }

  private static Fact declaration(int hour) {
    return new Fact.Declaration(
        told(hour, "d"),
        DECLARATION,
        Direction.IMPORT,
        "G1",
        null,
        "大同貿易 " + hour,
        "12345675",
        null,
        null,
        null,
        null,
        VOYAGE,
        null,
        null,
        "SG",
        hour,
        "CT",
        null,
        null,
        null,
        List.of(
            new Fact.Declaration.Item(1, "40111000", "tyres", "SG", null, null, null, null, null)),
        List.of(BILL),
        List.of(hour == 6 ? OTHER : BOX));
  }

  private static Fact step(int hour, StepKind kind) {
    return new Fact.Step(
        told(hour, "t"), DECLARATION, kind, null, null, null, null, null, null, List.of());
  }

  private static Fact channel(int hour, Channel channel) {
    return new Fact.Step(
        told(hour, "t"),
        DECLARATION,
        StepKind.CHANNEL,
        null,
        channel,
        null,
        null,
        null,
        null,
        List.of());
  }

  private static Fact examination(int hour, Fact.Examination.Result result) {
    return new Fact.Examination(
        told(hour, "e"),
        "EX1",
        DECLARATION,
        List.of(BOX),
        Fact.Examination.Method.X,
        result,
        false,
        "AA",
        null,
        List.of(),
        null);
  }

  private void apply(List<Fact> facts) {
    database.inTransaction(connection -> {
      record.apply(connection, facts);
      return facts.size();
    });
  }

  private List<String> dump() {
    List<String> dump = new ArrayList<>();
    for (String table : TABLES) {
      rows("select t::text from record." + table + " t order by 1")
          .forEach(row -> dump.add(table + " " + row));
    }
    return dump;
  }

  private List<String> rows(String sql) {
    return database.query(connection -> {
      List<String> rows = new ArrayList<>();
      try (var statement = connection.createStatement();
          var result = statement.executeQuery(sql)) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
      return rows;
    });
  }
}
