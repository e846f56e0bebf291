package tongguan.clearance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tongguan.Platform;
import tongguan.audit.Audit;
import tongguan.base.Ids;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;
import tongguan.core.Asked;
import tongguan.core.CoreSystem;
import tongguan.core.Events;
import tongguan.core.Health;
import tongguan.core.Order;
import tongguan.core.Queried;
import tongguan.core.Query;
import tongguan.core.SignedIn;
import tongguan.core.Submitted;

/**
 * Commands reach a core system that loses answers, is away and refuses, each once (rules 16 and 17,
 * P27; F2, F13 and F15 as far as the platform's side goes). The core system here is a double inside
 * the test; the real peers have tests of their own.
 */
class DeliveryTest {
  private static final int COMMANDS = 100;

  private DatabaseUrl url;
  private Database one;
  private Database two;

  @BeforeEach
  void start() {
    url = TestDatabase.empty();
    try (Platform platform = new Platform(url, url, 0, Clock.systemUTC())) {
      tongguan.access.SignedIn.account(platform, "officer", "A", 0, "officer", "own");
    }
    one = new Database(url, 4);
    two = new Database(url, 4);
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  private void confirm(int commands) {
    TestDatabase.execute(
        url,
        """
        insert into record.declaration (number, office)
        select 'AA  99' || lpad(n::text, 8, '0'), 'AA' from generate_series(1, %1$d) n;
        insert into clearance.command
          (id, declaration, act, input, system, officer, officer_name, unit, core_user)
        select uuidv7(), 'AA  99' || lpad(n::text, 8, '0'), 'accept', '{}', 'sea', a.id, a.name, a.unit, 'chen'
        from identity.account a, generate_series(1, %1$d) n
        where a.name = 'officer'
        """
            .formatted(commands));
  }

  private List<String> states() {
    return one.query(connection ->
        tongguan.base.database.Sql.of(
                connection, "select state from clearance.command order by declaration")
            .rows(row -> row.getString("state")));
  }

  private Delivery node(Database database, CoreSystem core) {
    Clock clock = Clock.systemUTC();
    return new Delivery(
        database,
        new Audit(database, new Ids(clock), clock),
        core,
        Duration.ofSeconds(1),
        Duration.ofMillis(300));
  }

  @Test
  void eachCommandHasOneEffectWhateverBecomesOfTheAnswersAndOfItsSender() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Fickle core = new Fickle(new Random(seed));
    confirm(COMMANDS);
    // A node takes some up, brings half of them there, and dies before it can write it down.
    one.inTransaction(tx -> new CommandStore(tx).take("sea", 20, Duration.ofSeconds(1))).stream()
        .limit(10)
        .forEach(taken -> core.effect(taken.command().id()));

    try (Delivery first = node(one, core);
        Delivery second = node(two, core)) {
      first.start();
      second.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(states()).allMatch(List.of("done", "refused")::contains));
    }

    long done = states().stream().filter("done"::equals).count();
    assertThat(core.effects.values().stream().mapToInt(AtomicInteger::get).max()).hasValue(1);
    assertThat(core.effects).hasSize((int) done);
    assertThat(states()).hasSize(COMMANDS).contains("done", "refused");
  }

  @Test
  void whatIsAwayForTooLongIsLeftToAPersonAndNotForgotten() {
    confirm(1);
    TestDatabase.execute(url, "update clearance.command set attempts = 199");

    try (Delivery delivery = node(one, new Gone())) {
      delivery.start();
      await().untilAsserted(() -> assertThat(states()).containsExactly("parked"));
    }
  }

  @Test
  void whatTheDeclarationHasMovedPastIsNotSentAndThatIsInTheAudit() {
    confirm(2);
    TestDatabase.execute(
        url, "update record.declaration set phase = 'accepted' where number = 'AA  9900000001'");
    Fickle core = new Fickle(new Random(1));

    try (Delivery delivery = node(one, core)) {
      delivery.start();
      await()
          .untilAsserted(() -> assertThat(states()).allMatch(List.of("done", "refused")::contains));
    }

    assertThat(said("code || ' ' || answer", "AA  9900000001"))
        .isEqualTo("act-barred 已受理 (It has been accepted already)");
    assertThat(core.effects).doesNotContainKey(UUID.fromString(said("id::text", "AA  9900000001")));
    assertThat(
            TestDatabase.text(
                url,
                "select outcome || ' ' || code from audit.entry where act = 'command' and record = 'declaration:AA  9900000001'"))
        .isEqualTo("refused act-barred");
  }

  @Test
  void whatIsBarredNowButMayHaveArrivedIsLeftToAPerson() {
    confirm(1);
    TestDatabase.execute(
        url,
        "update clearance.command set uncertain = true; update record.declaration set phase = 'accepted'");

    try (Delivery delivery = node(one, new Fickle(new Random(1)))) {
      delivery.start();
      await().untilAsserted(() -> assertThat(states()).containsExactly("parked"));
    }
  }

  private String said(String what, String declaration) {
    return TestDatabase.text(
        url,
        "select " + what + " from clearance.command where declaration = '" + declaration + "'");
  }

  @Test
  void aRefusalIsKeptInTheCoreSystemsOwnWords() {
    confirm(1);

    try (Delivery delivery =
        node(
            one,
            new Gone() {
              @Override
              public Submitted submit(Order order) {
                return new Submitted.Refused("E17", "報單已結案");
              }
            })) {
      delivery.start();
      await().untilAsserted(() -> assertThat(states()).containsExactly("refused"));
    }

    String said =
        one.query(connection ->
            tongguan.base.database.Sql.of(
                    connection, "select code || ' ' || answer as said from clearance.command")
                .first(row -> row.getString("said"))
                .orElseThrow());
    assertThat(said).isEqualTo("E17 報單已結案");
  }

  /** What delivery needs of a core system; the rest is never asked for here. */
  private abstract static class Double implements CoreSystem {
    @Override
    public String name() {
      return "sea";
    }

    @Override
    public Health health() {
      throw new AssertionError("not asked for");
    }

    @Override
    public SignedIn signIn(String user, String password) {
      throw new AssertionError("not asked for");
    }

    @Override
    public void signOut(String token) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Queried query(String token, Query query) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Events events(String cursor) {
      throw new AssertionError("not asked for");
    }

    @Override
    public void close() {}
  }

  /** Answers nobody. */
  private static class Gone extends Double {
    @Override
    public Submitted submit(Order order) {
      return new Submitted.Away("connection refused");
    }

    @Override
    public Asked ask(UUID key, String declaration) {
      return new Asked.Away("connection refused");
    }
  }

  /** Keeps keys as a core system does, and is otherwise hard to work with. */
  private static final class Fickle extends Double {
    final Map<UUID, AtomicInteger> effects = new ConcurrentHashMap<>();
    private final Map<UUID, String> refused = new ConcurrentHashMap<>();
    private final Random random;

    Fickle(Random random) {
      this.random = random;
    }

    private synchronized int dice() {
      return random.nextInt(10);
    }

    void effect(UUID key) {
      effects.computeIfAbsent(key, new_ -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public Submitted submit(Order order) {
      int dice = dice();
      if (dice < 2) {
        return new Submitted.Away("connection refused");
      }
      if (dice == 2 && !effects.containsKey(order.key())) {
        refused.put(order.key(), "E1");
        return new Submitted.Refused("E1", "no");
      }
      // Not even a core system that keeps no keys may see an order twice.
      effect(order.key());
      return dice < 6 ? new Submitted.Unknown("no answer") : new Submitted.Taken("R" + dice);
    }

    @Override
    public Asked ask(UUID key, String declaration) {
      if (dice() < 3) {
        return new Asked.Away("timed out");
      }
      return effects.containsKey(key) ? new Asked.Done("R") : new Asked.NeverSeen();
    }
  }
}
