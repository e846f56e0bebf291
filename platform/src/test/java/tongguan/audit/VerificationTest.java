package tongguan.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tongguan.audit.Finding.Kind;
import tongguan.base.database.Sql;

/** Suite S8, P22, P23: whoever changes the log in the database itself is found, and where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerificationTest {
  private static final int ENTRIES = 700;
  private static final int SIGNED_FIRST = 300;
  private static final int PLACES = 20;
  private static final long SEED = 20261123;

  private AuditLog log;
  private Connection attacker;

  @BeforeAll
  void fill() throws SQLException {
    log = AuditLog.open();
    log.openFolder();
    for (int i = 0; i < ENTRIES; i++) {
      log.audit.write(log.entry(i % 7 == 0 ? "login" : "query").found(i));
      if (i == SIGNED_FIRST - 1) {
        log.seal();
      }
    }
    log.seal();
    log.asSuperuser("create schema kept");
    for (String table : List.of("entry", "chain", "subtree", "checkpoint")) {
      log.asSuperuser("create table kept." + table + " as table audit." + table);
    }
    attacker = log.owner();
    attacker.setAutoCommit(false);
    // As the verifier wants it, which comes to a transaction that has begun.
    attacker.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
  }

  @AfterAll
  void close() throws SQLException {
    attacker.close();
    log.close();
  }

  /** Puts the log back as it was written. */
  private void restore() {
    log.asSuperuser(
        Stream.of("checkpoint", "subtree", "chain", "entry")
            .map(table ->
                "truncate audit.%1$s; insert into audit.%1$s select * from kept.%1$s;"
                    .formatted(table))
            .reduce("", String::concat));
  }

  /** Done in the attacker's transaction. */
  @FunctionalInterface
  interface Act {
    void at(Connection attacker, int place) throws SQLException;
  }

  /** What somebody with the database's own rights may do at a place of the log. */
  record Attack(String name, Kind kind, Act act) {
    static Attack sql(String name, Kind kind, String sql) {
      return new Attack(
          name,
          kind,
          (attacker, place) -> run(attacker, sql.replace("PLACE", Integer.toString(place))));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Attack> attacks() {
    String here = "(select entry from audit.chain where seq = PLACE)";
    return List.of(
        Attack.sql(
            "edit what was done",
            Kind.CHANGED,
            "update audit.entry set outcome = 'refused' where id = " + here),
        Attack.sql(
            "edit who it was",
            Kind.CHANGED,
            "update audit.entry set account = '' where id = " + here),
        Attack.sql(
            "edit when it was",
            Kind.CHANGED,
            "update audit.entry set at = at + interval '1 microsecond' where id = " + here),
        Attack.sql(
            "edit a detail",
            Kind.CHANGED,
            "update audit.entry set details = details || ' ' where id = " + here),
        Attack.sql(
            "edit the stored leaf",
            Kind.CHANGED,
            "update audit.chain set leaf = sha256(leaf) where seq = PLACE"),
        Attack.sql(
            "edit the stored link",
            Kind.CHANGED,
            "update audit.chain set chain = sha256(chain) where seq = PLACE"),
        Attack.sql("delete the entry", Kind.DELETED, "delete from audit.entry where id = " + here),
        Attack.sql("delete its place", Kind.DELETED, "delete from audit.chain where seq = PLACE"),
        Attack.sql(
            "delete both",
            Kind.DELETED,
            """
            with gone as (delete from audit.chain where seq = PLACE returning entry)
            delete from audit.entry where id in (select entry from gone)
            """),
        Attack.sql(
            "delete both and close the gap",
            Kind.DELETED,
            """
            with gone as (delete from audit.chain where seq = PLACE returning entry)
            delete from audit.entry where id in (select entry from gone);
            update audit.chain set seq = seq + 100000 where seq > PLACE;
            update audit.chain set seq = seq - 100001 where seq > 100000
            """),
        Attack.sql(
            "insert an entry",
            Kind.INSERTED,
            """
            insert into audit.entry
            select '00000000-0000-7000-8000-000000000000', xid, at, node_at, 'forged', outcome, code, account, name,
              unit, device, address, session, record, results, details, correlation
            from audit.entry where id = (select entry from audit.chain where seq = PLACE)
            """),
        new Attack(
            "insert an entry and give it a place",
            Kind.INSERTED,
            VerificationTest::insertWithPlace),
        Attack.sql(
            "change places with the next",
            Kind.REORDERED,
            """
            alter table audit.chain drop constraint chain_pkey, drop constraint chain_seq_check;
            update audit.chain set seq = case seq when PLACE then PLACE + 1 else PLACE end
              where seq in (PLACE, PLACE + 1);
            alter table audit.chain add primary key (seq), add check (seq >= 0)
            """),
        Attack.sql(
            "change places with the far end",
            Kind.REORDERED,
            """
            alter table audit.chain drop constraint chain_pkey, drop constraint chain_seq_check;
            update audit.chain set seq = case seq when PLACE then 699 else PLACE end
              where seq in (PLACE, 699);
            alter table audit.chain add primary key (seq), add check (seq >= 0)
            """),
        Attack.sql(
            "truncate the log",
            Kind.TRUNCATED,
            """
            with gone as (delete from audit.chain where seq >= PLACE returning entry)
            delete from audit.entry where id in (select entry from gone);
            delete from audit.checkpoint where size > PLACE
            """),
        Attack.sql(
            "truncate the entries",
            Kind.TRUNCATED,
            """
            delete from audit.entry where id in (select entry from audit.chain where seq >= PLACE)
            """),
        Attack.sql(
            "truncate the chain", Kind.TRUNCATED, "delete from audit.chain where seq >= PLACE"));
  }

  /** A forger who knows the format: the link of the new entry fits, and those behind are moved. */
  private static void insertWithPlace(Connection attacker, int place) throws SQLException {
    run(
        attacker,
        """
        insert into audit.entry
        select '00000000-0000-7000-8000-000000000000', xid, at, node_at, 'forged', outcome, code, account, name,
          unit, device, address, session, record, results, details, correlation
        from audit.entry where id = (select entry from audit.chain where seq = %1$d);
        update audit.chain set seq = seq + 100000 where seq >= %1$d;
        update audit.chain set seq = seq - 99999 where seq >= 100000
        """
            .formatted(place));
    // Reading the log makes the transaction one that only reads; going back makes it write again.
    Savepoint writing = attacker.setSavepoint();
    AuditLog.Forged forged =
        AuditLog.forge(attacker, "00000000-0000-7000-8000-000000000000", place);
    attacker.rollback(writing);
    run(
        attacker,
        "insert into audit.chain select %d, id, xid, '\\x%s', '\\x%s' from audit.entry where id = '00000000-0000-7000-8000-000000000000'"
            .formatted(place, forged.leaf(), forged.chain()));
  }

  private static void run(Connection attacker, String sql) throws SQLException {
    try (Statement statement = attacker.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Verified within the attacker's transaction, so that undoing it is all that is to be undone. */
  @ParameterizedTest
  @MethodSource("attacks")
  void theFirstBadEntryIsNamedWithItsPlaceAndKind(Attack attack) throws SQLException {
    Random random = new Random(SEED);
    for (int i = 0; i < PLACES; i++) {
      int place = 1 + random.nextInt(ENTRIES - 20);
      String entry =
          Sql.of(attacker, "select entry from audit.chain where seq = ?", place)
              .first(row -> row.getString(1))
              .orElseThrow();
      attack.act().at(attacker, place);

      Verification.Report report = log.verify(attacker);

      assertThat(report.findings()).as("%s at %d, seed %d", attack, place, SEED).isNotEmpty();
      Finding first = report.findings().getFirst();
      assertThat(first.place()).as(first.toString()).isEqualTo(place);
      assertThat(first.kind()).as(first.toString()).isEqualTo(attack.kind());
      if (attack.kind() == Kind.CHANGED) {
        assertThat(first.entry()).as(first.toString()).isEqualTo(entry);
      }
      attacker.rollback();
    }
  }

  @Test
  void anUntouchedLogIsWhole() {
    Verification.Report report = log.verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(ENTRIES);
    assertThat(report.checkpoints()).isEqualTo(2);
    assertThat(report.unknownKeys()).isZero();
  }

  @Test
  void aForgerWhoRecomputesEverythingIsStoppedByTheCheckpointThatLeft() {
    Random random = new Random(SEED);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      int place = random.nextInt(ENTRIES);
      places.add(place);
      log.asSuperuser(
          "update audit.entry set account = '' where id = (select entry from audit.chain where seq = %d); delete from audit.checkpoint"
              .formatted(place));
      log.recompute();

      Finding first = log.verify().findings().getFirst();

      assertThat(first.kind()).as(first.toString()).isEqualTo(Kind.FORKED);
      assertThat(first.place())
          .as(first.toString())
          .isEqualTo(place < SIGNED_FIRST ? 0 : SIGNED_FIRST);
      restore();
    }
    assertThat(places).anyMatch(place -> place < SIGNED_FIRST).anyMatch(place -> place > 500);
  }

  @Test
  void nothingMoreIsSignedOverAForkedLogAndTheAlarmIsOn() {
    log.asSuperuser(
        "update audit.entry set account = '' where id = (select entry from audit.chain where seq = 400); delete from audit.checkpoint");
    log.recompute();
    log.audit.write(log.entry("after"));
    log.seal();

    assertThat(log.audit.alarm()).hasValueSatisfying(alarm -> assertThat(alarm).contains("700"));
    assertThat(log.column("select count(*) from audit.checkpoint")).containsExactly("0");
    restore();
    log.audit.checkpoint();
    assertThat(log.audit.alarm()).isEmpty();
  }

  @Test
  void aCheckpointThatNobodySignedIsForged() {
    log.asSuperuser(
        "update audit.checkpoint set note = replace(note, 'time 2026', 'time 2025') where size = 300");

    assertThat(log.verify().findings()).extracting(Finding::kind).containsExactly(Kind.FORGED);
    restore();
  }
}
