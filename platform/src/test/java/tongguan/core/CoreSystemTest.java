package tongguan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.Relay;
import tongguan.base.Folders;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each connector against its real peer: what it is for, and everything that the other side can do
 * to it (F15, P19, P27). Whatever happens, an order has one effect.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoreSystemTest {
  private static final List<String> KINDS = List.of("sea", "air", "customs", "agency");

  /** To an insert customs' database answers with nothing that could be garbled. */
  private static final List<String> SAYS_NOTHING =
      List.of("huge", "other-record", "other-declaration");

  private Path folder;
  private final Map<String, CorePeer> peers = new HashMap<>();
  private final Map<String, CoreSystem> systems = new HashMap<>();

  /** With two seconds for an answer, to be let down. */
  private final Map<String, CoreSystem> hasty = new HashMap<>();

  CoreSystemTest() throws IOException {
    folder = Files.createTempDirectory("core-systems");
  }

  @BeforeAll
  void start() throws IOException {
    for (String kind : KINDS) {
      CorePeer peer = CorePeer.start(kind, folder);
      peers.put(kind, peer);
      systems.put(kind, peer.connect(peer.settings().put("seconds", 10)));
      hasty.put(kind, peer.connect());
    }
  }

  @AfterEach
  void clear() {
    peers.values().forEach(CorePeer::clear);
  }

  @AfterAll
  void stop() throws IOException {
    systems.values().forEach(CoreSystem::close);
    hasty.values().forEach(CoreSystem::close);
    peers.values().forEach(CorePeer::close);
    Folders.delete(folder);
  }

  private CorePeer peer(String kind) {
    return Objects.requireNonNull(peers.get(kind));
  }

  private CoreSystem system(String kind) {
    return Objects.requireNonNull(systems.get(kind));
  }

  /** The same with every system at once, for what takes its time. */
  private static void withEach(Consumer<String> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (String kind : KINDS) {
        all.add(threads.submit(() -> work.accept(kind)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private CoreSystem hasty(String kind) {
    return Objects.requireNonNull(hasty.get(kind));
  }

  private static Order order(String declaration, String act, String values) {
    return new Order(
        UUID.randomUUID(), "wang", declaration, act, values, Instant.parse("2026-11-25T02:03:04Z"));
  }

  /** The declaration's number is of this test alone. */
  private static int serial = 1000;

  private static synchronized String declaration() {
    return "AA  99S" + (100 + serial % 900) + (++serial);
  }

  private Asked asked(String kind, Order order) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> system(kind).ask(order.key(), order.declaration()),
            answer -> answer instanceof Asked.Done || answer instanceof Asked.Refused);
  }

  /** As a worker delivers: sent again only after the system has said that it has never seen it. */
  private Asked delivered(String kind, Order order) {
    Callable<Asked> asking =
        () -> {
          Asked answer = hasty(kind).ask(order.key(), order.declaration());
          if (answer instanceof Asked.NeverSeen) {
            Submitted _ = hasty(kind).submit(order);
          }
          return answer;
        };
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(asking, answer -> answer instanceof Asked.Done || answer instanceof Asked.Refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sea", "air", "customs", "agency"})
  void letsAnOfficerInLookUpAndOutAgain(String kind) {
    Order order = order(declaration(), "hold", "{\"reason\":\"檢查\"}");
    assertThat(system(kind).submit(order)).isInstanceOf(Submitted.Taken.class);
    assertThat(asked(kind, order)).isInstanceOf(Asked.Done.class);

    SignedIn in = system(kind).signIn("wang", kind + " wang 1");
    assertThat(in).isInstanceOf(SignedIn.In.class);
    SignedIn.In signedIn = (SignedIn.In) in;
    assertThat(signedIn.user()).isEqualTo("wang");
    assertThat(signedIn.until()).isAfter(Instant.now(java.time.Clock.systemUTC()));
    assertThat(signedIn.toString()).doesNotContain(signedIn.token());

    Query query = new Query("declaration", order.declaration());
    Queried found = system(kind).query(signedIn.token(), query);
    assertThat(found).isInstanceOf(Queried.Found.class);
    assertThat(((Queried.Found) found).json()).contains(order.declaration()).contains("hold");
    assertThat(system(kind).query(signedIn.token(), new Query("declaration", "AA  9900000000")))
        .isInstanceOf(Queried.Nothing.class);

    system(kind).signOut(signedIn.token());
    assertThat(system(kind).query(signedIn.token(), query))
        .isEqualTo(new Queried.Refused("E-TOKEN", "請重新登入 (sign in again)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sea", "air", "customs", "agency"})
  void passesARefusedSignInOnInTheSystemsOwnWords(String kind) {
    assertThat(system(kind).signIn("lin", "wrong"))
        .isEqualTo(new SignedIn.Refused("E-LOGIN", "帳號或密碼錯誤 (account or password are wrong)"));
    assertThat(system(kind).signIn("nobody", "wrong")).isInstanceOf(SignedIn.Refused.class);
    assertThat(system(kind).signIn("lin", kind + " lin 3")).isInstanceOf(SignedIn.In.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sea", "air", "customs", "agency"})
  void anOrderHasOneEffectHoweverOftenItIsSent(String kind) {
    String values = "{\"reason\":\"it's 100% + a : colon ? '中文' <b>&\"}";
    Order order = order(declaration(), "hold", values);

    for (int i = 0; i < 3; i++) {
      assertThat(system(kind).submit(order)).isInstanceOf(Submitted.Taken.class);
      assertThat(asked(kind, order)).isInstanceOf(Asked.Done.class);
    }

    assertThat(peer(kind).journal(order.key().toString())).hasSize(1);
    assertThat(peer(kind).journal(order.key().toString()).getFirst().path("act").stringValue(""))
        .isEqualTo("hold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sea", "air", "customs", "agency"})
  void refusesWhatItsOwnStateForbidsInItsOwnWords(String kind) {
    String declaration = declaration();
    Order hold = order(declaration, "hold", "{}");
    Order release = order(declaration, "release", "{}");

    Submitted _ = system(kind).submit(hold);
    assertThat(asked(kind, hold)).isInstanceOf(Asked.Done.class);
    Submitted answer = system(kind).submit(release);

    if (answer instanceof Submitted.Refused refused) {
      assertThat(refused.code()).isEqualTo("E21");
    }
    assertThat(asked(kind, release))
        .isEqualTo(new Asked.Refused("E21", "管制中，不得放行 (on hold, not to be released)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sea", "air", "customs", "agency"})
  void saysThatItHasNeverSeenAnOrder(String kind) {
    assertThat(system(kind).ask(UUID.randomUUID(), declaration()))
        .isInstanceOf(Asked.NeverSeen.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sea", "air", "customs", "agency"})
  void tellsWhatHappenedOnceBehindACursor(String kind) {
    String before = atTheEnd(kind);
    Order order = order(declaration(), "release", "{}");
    Submitted _ = system(kind).submit(order);
    assertThat(asked(kind, order)).isInstanceOf(Asked.Done.class);

    Events.Told told =
        (Events.Told)
            await()
                .until(
                    () -> system(kind).events(before),
                    events -> events instanceof Events.Told some && !some.bodies().isEmpty());

    assertThat(told.bodies()).hasSize(1);
    assertThat(
            new String(told.bodies().getFirst().bytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains(order.declaration());
    assertThat(system(kind).events(told.cursor()))
        .isEqualTo(new Events.Told(List.of(), told.cursor()));
  }

  private String atTheEnd(String kind) {
    String cursor = "";
    while (system(kind).events(cursor) instanceof Events.Told told && !told.bodies().isEmpty()) {
      cursor = told.cursor();
    }
    return cursor;
  }

  @ParameterizedTest
  @ValueSource(strings = {"down", "lost-reply", "other-declaration"})
  void whateverGoesWrongAnOrderIsNeverCarriedOutTwice(String fault) {
    withEach(kind -> letDown(kind, fault));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"slow", "half-open", "error-after", "garbage", "huge", "other-record"})
  void whateverElseGoesWrongAnOrderIsNeverCarriedOutTwice(String fault) {
    withEach(kind -> letDown(kind, fault));
  }

  private void letDown(String kind, String fault) {
    Order order = order(declaration(), "hold", "{}");
    answering(hasty(kind));

    peer(kind).fault(fault, "submit", 0);
    long started = System.nanoTime();
    Submitted answer = hasty(kind).submit(order);
    Duration took = Duration.ofNanos(System.nanoTime() - started);

    assertThat(took).isLessThan(Duration.ofSeconds(4));
    if (fault.equals("down") && !kind.equals("air") && !kind.equals("agency")) {
      assertThat(answer).as(kind).isInstanceOf(Submitted.Away.class);
    } else if (List.of("down", "half-open").contains(fault)) {
      // A request on a connection that was kept may have been read before that broke.
      assertThat(answer).as(kind).isInstanceOfAny(Submitted.Away.class, Submitted.Unknown.class);
    } else if (kind.equals("customs") && SAYS_NOTHING.contains(fault)) {
      assertThat(answer).isInstanceOf(Submitted.Taken.class);
    } else {
      // It has been carried out: sent again without asking it would be there twice.
      assertThat(answer).as(kind + " " + fault).isInstanceOf(Submitted.Unknown.class);
    }

    peer(kind).clear();
    assertThat(delivered(kind, order)).as(kind).isInstanceOf(Asked.Done.class);
    assertThat(peer(kind).journal(order.key().toString())).as(kind).hasSize(1);
  }

  /** Until it is rested and answers. */
  private static void answering(CoreSystem system) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> system.ask(UUID.randomUUID(), "AA  9900000000") instanceof Asked.NeverSeen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "huge", "other-record", "other-declaration"})
  void anAnswerThatCannotBeBelievedSaysNothing(String fault) {
    withEach(kind -> disbelieved(kind, fault));
  }

  private void disbelieved(String kind, String fault) {
    Order order = order(declaration(), "hold", "{}");
    Submitted _ = system(kind).submit(order);
    assertThat(asked(kind, order)).isInstanceOf(Asked.Done.class);

    peer(kind).fault(fault, kind.equals("customs") ? "" : "ask", 0);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(system(kind).ask(order.key(), order.declaration()))
                .isInstanceOf(Asked.Away.class));

    if (fault.startsWith("other")) {
      assertThat(system(kind).health().alarm()).as(kind).contains("another");
    }
    peer(kind).clear();
    assertThat(asked(kind, order)).as(kind).isInstanceOf(Asked.Done.class);
  }

  @Test
  void aSystemThatHangsConcernsNoOther() {
    peer("agency").fault("half-open", "", 0);
    // One of them may have found a connection that was kept, and broke.
    List<CompletableFuture<Events>> hanging = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hanging.add(CompletableFuture.supplyAsync(() -> system("agency").events("")));
    }
    for (String kind : List.of("sea", "air", "customs")) {
      assertThat(system(kind).ask(UUID.randomUUID(), "AA  9900000000"))
          .isInstanceOf(Asked.NeverSeen.class);
    }
    assertThat(hanging).anyMatch(call -> !call.isDone());

    peer("agency").clear();
    assertThat(hanging).allMatch(call -> call.join() instanceof Events.Away);
    answering(system("agency"));
  }

  @Test
  void leavesASystemThatIsDownToRestAndComesBackByItself() {
    withEach(this::rested);
  }

  private void rested(String kind) {
    answering(hasty(kind));
    peer(kind).fault("down", "", 0);
    for (int i = 0; i < 3; i++) {
      assertThat(hasty(kind).events("")).isInstanceOf(Events.Away.class);
    }
    assertThat(((Events.Away) hasty(kind).events("")).why()).startsWith("left to rest");
    assertThat(hasty(kind).health().away()).isNotNull();

    peer(kind).clear();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> hasty(kind).events("") instanceof Events.Told);
    assertThat(hasty(kind).health().away()).isNull();
    assertThat(hasty(kind).health().lastContact()).isNotNull();
  }

  @Test
  void keepsTheKeyWhenTheSystemIsKilled() {
    withEach(this::killed);
  }

  private void killed(String kind) {
    Order order = order(declaration(), "hold", "{}");
    Submitted _ = system(kind).submit(order);
    assertThat(asked(kind, order)).isInstanceOf(Asked.Done.class);

    peer(kind).killAndStart();

    assertThat(asked(kind, order)).isInstanceOf(Asked.Done.class);
    Submitted again = system(kind).submit(order);
    assertThat(again).isInstanceOf(Submitted.Taken.class);
    assertThat(asked(kind, order)).isInstanceOf(Asked.Done.class);
    assertThat(peer(kind).journal(order.key().toString())).hasSize(1);
    // What it knows of the declaration has survived, too.
    Order twice = order(order.declaration(), "hold", "{}");
    Submitted _ = system(kind).submit(twice);
    assertThat(asked(kind, twice)).isInstanceOf(Asked.Refused.class);
  }

  /** Sends nothing to a server that is not the one of the settings, password least of all. */
  @ParameterizedTest
  @ValueSource(strings = {"sea", "air", "customs", "agency"})
  void believesTheKeyOrAuthorityOfTheSettingsAlone(String kind) {
    ObjectNode settings = peer(kind).settings();
    if (kind.equals("sea")) {
      settings.put("hostKey", otherHostKey());
    } else {
      String other = kind.equals("air") ? "agency" : "air";
      settings.put("caFile", peer(other).file("tls/ca.pem").toString());
    }
    refusesToTalk(kind, settings);
  }

  @ParameterizedTest
  @ValueSource(strings = {"air", "customs", "agency"})
  void believesACertificateUnderTheNameAskedForAlone(String kind) throws IOException {
    try (Relay elsewhere = Relay.to(peer(kind).port(), "127.0.0.2")) {
      ObjectNode settings = peer(kind).settings();
      if (settings.has("url")) {
        settings.put("url", "https://127.0.0.2:" + elsewhere.port());
      } else {
        settings.put("host", "127.0.0.2").put("port", elsewhere.port());
      }
      refusesToTalk(kind, settings);
    }
  }

  private void refusesToTalk(String kind, ObjectNode settings) {
    Order order = order(declaration(), "hold", "{}");
    try (CoreSystem stranger = peer(kind).connect(settings)) {
      assertThat(stranger.signIn("chen", kind + " chen 2")).isInstanceOf(SignedIn.Away.class);
      assertThat(stranger.submit(order)).isInstanceOf(Submitted.Away.class);
    }
    assertThat(peer(kind).journal(order.key().toString())).isEmpty();
  }

  private String otherHostKey() {
    // Well formed, and of nobody: the generator of the curve P-256 as a public key.
    return "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU=";
  }

  @Test
  void airClearanceLetsNobodyInWithoutTheRightCertificate() throws IOException {
    ObjectNode settings = peer("air").settings();
    settings.put("certificateFile", peer("agency").file("tls/client.pem").toString());
    settings.put("keyFile", peer("agency").file("tls/client.key").toString());
    Order order = order(declaration(), "hold", "{}");

    try (CoreSystem stranger = peer("air").connect(settings)) {
      assertThat(stranger.submit(order))
          .isInstanceOfAny(Submitted.Unknown.class, Submitted.Away.class);
    }

    assertThat(peer("air").journal(order.key().toString())).isEmpty();
  }
}
