package tongguan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tongguan.Platform;
import tongguan.base.Folders;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;
import tongguan.identity.Secret;

/**
 * How long a session on a device outlives the report of its loss: the officer reports on one node,
 * the thief asks on another without a pause, and other officers keep both nodes busy.
 */
final class LostBench {
  private final int losses;
  private final int callers;
  private final PrintStream out;

  private LostBench(int losses, int callers, PrintStream out) {
    this.losses = losses;
    this.callers = callers;
    this.out = out;
  }

  static void run(List<String> words, PrintStream out) throws Exception {
    Options options = new Options("lost", words, Set.of("--losses", "--callers"));
    new LostBench(
            options.number("--losses", 200, 10, 10_000),
            options.number("--callers", 8, 0, 500),
            out)
        .run();
  }

  private void run() throws Exception {
    Path scratch = Files.createTempDirectory("tongguan-bench");
    try (PlatformProcess one = PlatformProcess.start(scratch.resolve("data"))) {
      DatabaseUrl url = one.database();
      try (Platform two = new Platform(url, url, 0, Clock.systemUTC());
          HttpClient client = HttpClient.newHttpClient();
          Connection owner = one.owner()) {
        two.start();
        URI there = URI.create("http://127.0.0.1:" + two.port() + "/");
        SignedIn.In officer = SignedIn.in(one.address(), url);
        new Run(client, one.address(), there, officer, owner).run();
      }
    } finally {
      Folders.delete(scratch);
    }
  }

  /** One request of the thief. */
  private record Request(long sent, long answered, int status) {}

  /** What became of one loss, in nanoseconds. */
  private record Loss(long report, long refused, long late) {}

  private final class Run {
    private final HttpClient client;
    private final URI here;
    private final URI there;
    private final SignedIn.In officer;
    private final Connection owner;

    Run(HttpClient client, URI here, URI there, SignedIn.In officer, Connection owner) {
      this.client = client;
      this.here = here;
      this.there = there;
      this.officer = officer;
      this.owner = owner;
    }

    void run() throws Exception {
      execute(
          "insert into access.gateway (name, address, secret) values ('bench', '192.0.2.1', 'x')");
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong others = new AtomicLong();
      long before = System.nanoTime();
      List<Loss> all = new ArrayList<>();
      try (ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < callers; i++) {
          URI node = i % 2 == 0 ? here : there;
          crowd.submit(() -> keepBusy(node, over, others));
        }
        for (int i = 0; i < losses; i++) {
          all.add(lose(i, crowd));
        }
        over.set(true);
      }
      report(all, others.get() / ((System.nanoTime() - before) / 1e9));
    }

    private void report(List<Loss> all, double others) {
      out.printf(
          Locale.ROOT,
          "%d losses, %d other callers with %.0f requests/s on two nodes%n%n",
          losses,
          callers,
          others);
      out.println("| milliseconds | p50 | p95 | p99 | longest |");
      out.println("| --- | ---: | ---: | ---: | ---: |");
      line(
          "report, from the password to its answer",
          all.stream().mapToLong(Loss::report).toArray());
      line(
          "from that answer to the first refused request on the other node",
          all.stream().mapToLong(Loss::refused).toArray());
      out.printf(
          Locale.ROOT,
          "%nrequests let in that were sent after the answer: %d%n",
          all.stream().mapToLong(Loss::late).sum());
    }

    private void line(String what, long[] nanos) {
      Arrays.sort(nanos);
      out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %.2f | %.2f |%n",
          what,
          nanos[nanos.length / 2] / 1e6,
          nanos[(int) Math.ceil(nanos.length * 0.95) - 1] / 1e6,
          nanos[(int) Math.ceil(nanos.length * 0.99) - 1] / 1e6,
          nanos[nanos.length - 1] / 1e6);
    }

    private Loss lose(int number, ExecutorService crowd) throws Exception {
      UUID device = UUID.randomUUID();
      String cookie = "__Host-tongguan=" + onDevice(number, device);
      String path = "api/v1/devices/" + device + "/lost";
      Map<String, String> input = Map.of("reason", "bench");
      String nonce = text(post(path + "/draft", input), "confirmation");
      CountDownLatch first = new CountDownLatch(1);
      Future<List<Request>> thief = crowd.submit(() -> use(cookie, first));
      first.await();
      long asked = System.nanoTime();
      post(path, Map.of("input", input, "confirmation", nonce, "password", officer.password()));
      long answered = System.nanoTime();
      List<Request> requests = thief.get();
      if (requests.getFirst().status() != 200) {
        throw StartFailure.environment("The bench's session on the device was never let in.");
      }
      return new Loss(
          answered - asked,
          Math.max(0, requests.getLast().answered() - answered),
          requests.stream()
              .filter(request -> request.sent() > answered && request.status() == 200)
              .count());
    }

    private List<Request> use(String cookie, CountDownLatch first)
        throws IOException, InterruptedException {
      List<Request> requests = new ArrayList<>();
      int status;
      do {
        long sent = System.nanoTime();
        status = get(there, cookie);
        requests.add(new Request(sent, System.nanoTime(), status));
        first.countDown();
      } while (status == 200);
      return requests;
    }

    private Object keepBusy(URI node, AtomicBoolean over, AtomicLong done)
        throws IOException, InterruptedException {
      while (!over.get()) {
        get(node, officer.cookie());
        done.incrementAndGet();
      }
      return node;
    }

    private int get(URI node, String cookie) throws IOException, InterruptedException {
      return client
          .send(
              HttpRequest.newBuilder(node.resolve("api/v1/me/device"))
                  .header("Cookie", cookie)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }

    private String post(String path, Object body) throws IOException, InterruptedException {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(here.resolve(path))
                  .header("Content-Type", "application/json")
                  .header("Cookie", officer.cookie())
                  .header("X-CSRF-Token", officer.csrf())
                  .header("Idempotency-Key", UUID.randomUUID().toString())
                  .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw StartFailure.environment("The report was refused: " + response.body());
      }
      return response.body();
    }

    private static String text(String json, String member) throws Json.Malformed {
      return Json.read(json.getBytes(StandardCharsets.UTF_8)).path(member).stringValue();
    }

    private void execute(String sql) throws SQLException {
      try (var statement = owner.createStatement()) {
        statement.execute(sql);
      }
    }

    /** A device in the officer's hands, on the private APN, with a session over it; its token. */
    private String onDevice(int number, UUID device) throws SQLException {
      String token = Secret.random();
      try (PreparedStatement statement = owner.prepareStatement(ON_DEVICE)) {
        statement.setObject(1, device);
        statement.setInt(2, number);
        statement.setString(3, officer.name());
        statement.setBytes(4, Secret.digest(token));
        statement.execute();
      }
      return token;
    }

    private static final String ON_DEVICE =
        """
        with given (device, n, account, token) as (
          select ?, ?, (select id from identity.account where name = ?), ?::bytea
        ),
        device as (
          insert into fleet.device (id, serial, kind, unit, state, holder)
          select device, 'BENCH-' || n, 'pda', 'HQ', 'assigned', account from given
        ),
        sim as (
          insert into fleet.sim (id, iccid, imsi, msisdn, address, state)
          select uuidv7(), '8988' || lpad(n::text, 15, '0'), '46699' || lpad(n::text, 10, '0'),
            '8869' || lpad(n::text, 8, '0'), '10.96.0.0'::inet + n, 'active'
          from given
          returning id, imsi, address
        ),
        pairing as (
          insert into fleet.pairing (id, sim, device) select uuidv7(), sim.id, device from sim, given
        ),
        certificate as (
          insert into fleet.certificate (serial, device, key_digest, certificate, ends_at)
          select sha256(uuid_send(device)), device, sha256(uuid_send(device)), '', now() + interval '90 days'
          from given
        ),
        network as (
          insert into access.apn_session (id, gateway, number, imsi, address, sim, device, started_at)
          select uuidv7(), 'bench', n, imsi, address, sim.id, device, now() from sim, given
          returning id
        )
        insert into identity.session (id, token, account, stage, place, address, agent, ends_at,
          idle_seconds, network)
        select uuidv7(), token, account, 'full', 'bench', '127.0.0.1', '', now() + interval '1 hour',
          900, network.id
        from given, network
        """;
  }
}
