package tongguan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import tongguan.base.Folders;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tools.jackson.databind.JsonNode;

/**
 * Confirmed commands over HTTP, from the draft to the reply, beside what the database alone commits
 * of the same rows by pgbench, in turns; and the password's hash by itself, which is most of it. A
 * core system runs beside, and the commands are delivered to it meanwhile.
 */
final class CommandBench {
  /** The officers have the first half, pgbench the second. */
  private static final int DECLARATIONS = 100_000;

  private static final int WARM_UP_SECONDS = 5;

  private final int officers;
  private final int seconds;
  private final int rounds;
  private final PrintStream out;
  private final AtomicInteger next = new AtomicInteger();

  /** What was answered instead, and how often. */
  private final Map<String, Integer> refused = Collections.synchronizedMap(new TreeMap<>());

  private CommandBench(int officers, int seconds, int rounds, PrintStream out) {
    this.officers = officers;
    this.seconds = seconds;
    this.rounds = rounds;
    this.out = out;
  }

  static void run(List<String> words, PrintStream out) throws Exception {
    Options options = new Options("commands", words, Set.of("--officers", "--seconds", "--rounds"));
    CommandBench bench =
        new CommandBench(
            options.number("--officers", 8, 1, 64),
            options.number("--seconds", 10, 1, 600),
            options.number("--rounds", 2, 1, 20),
            out);
    Path folder = Files.createTempDirectory("tongguan-bench");
    try {
      bench.measure(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private void measure(Path folder) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (CorePeerProcess sea = CorePeerProcess.start("sea", folder, List.of())) {
      Files.writeString(
          data.resolve("core.json"), Json.text(Map.of("systems", Map.of("sea", sea.settings()))));
      try (PlatformProcess platform = PlatformProcess.start(data)) {
        measure(platform, folder);
      }
    }
  }

  private void measure(PlatformProcess platform, Path folder) throws Exception {
    String stored = prepare(platform);
    List<Officer> all = new ArrayList<>();
    for (int i = 0; i < officers; i++) {
      SignedIn.Somebody somebody = SignedIn.found(platform.database(), "commands" + i);
      all.add(new Officer(platform.address(), SignedIn.in(platform.address(), somebody)));
    }
    DatabaseLoad database =
        new DatabaseLoad(
            platform.database(), folder, SCRIPT.formatted(DECLARATIONS / 2, DECLARATIONS));
    var _ = load(all, WARM_UP_SECONDS);
    List<Rate> raw = new ArrayList<>();
    List<Rate> drafts = new ArrayList<>();
    List<Rate> commands = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      raw.add(database.run(officers, seconds));
      Rates rates = load(all, seconds);
      drafts.add(rates.drafts());
      commands.add(rates.commands());
      out.printf("round %d: raw %s | commands %s%n", round, raw.getLast(), commands.getLast());
    }
    Rate hash = new PasswordHash(stored).rate(Math.min(officers, 2), seconds);
    out.println("| " + officers + " officers | a second | p50 ms | p95 ms | p99 ms | errors |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    out.println(Rate.median(raw).row("pgbench, the rows of a command in its three transactions"));
    out.println(hash.row("the password's hash alone, on both cores"));
    out.println(Rate.median(drafts).row("platform: what is to be confirmed is drafted and shown"));
    out.println(Rate.median(commands).row("platform: confirmed, committed, answered"));
    if (!refused.isEmpty()) {
      out.printf("answered instead, warm-up included: %s%n", refused);
    }
    out.printf(
        "p99 of a confirmed write %.0f ms (limit 1500); load of the machine %.1f%n",
        Rate.median(commands).p99(),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Declarations to accept, and an account for pgbench; gives how its password is kept. */
  private static String prepare(PlatformProcess platform) throws IOException, SQLException {
    SignedIn.Somebody somebody = SignedIn.found(platform.database(), "pgbench");
    try (Connection owner = platform.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(WORLD.formatted(DECLARATIONS));
      statement.execute(
          "create schema bench; create table bench.officer as select id, password from identity.account where name = '%s'"
              .formatted(somebody.name()));
      statement.execute("vacuum analyze record.declaration");
      try (var row = statement.executeQuery("select password from bench.officer")) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static final String WORLD =
      """
      insert into record.declaration (number, office, direction, declaration_kind, phase, waiting_for)
      select 'AA  99' || lpad(n::text, 8, '0'), 'AA', 'import', 'G1', 'lodged', '{acceptance}'
      from generate_series(1, %d) n
      """;

  /**
   * What one command writes: what was shown, that it was used, and all that is committed together.
   */
  private static final String SCRIPT =
      """
      \\set n random(%d, %d)
      \\set k random(1, 9000000000000000000)
      insert into access.confirmation (nonce, operation, account, session, digest, ends_at)
      values (decode(lpad(to_hex(:k::bigint), 32, '0'), 'hex'), 'clearance.act', (select id from bench.officer), gen_random_uuid(),
        sha256('x'), now() + interval '1 minute');
      update access.confirmation set used_at = clock_timestamp() where nonce = decode(lpad(to_hex(:k::bigint), 32, '0'), 'hex')
        and used_at is null;
      begin;
      select from record.declaration where number = 'AA  99' || lpad(:n::text, 8, '0') for no key update;
      insert into clearance.command (id, declaration, act, input, system, officer, officer_name, unit, core_user, state,
        answered_at, step, steps_before)
      select uuidv7(), 'AA  99' || lpad(:n::text, 8, '0'), 'accept', '{}', 'sea', id, 'bench', 'HQ', 'wang', 'done', now(),
        'accepted', 0 from bench.officer;
      insert into audit.entry (id, node_at, act, outcome, code, account, name, unit, device, address, session, record,
        results, details, correlation)
      values (uuidv7(), clock_timestamp(), 'clearance.act', 'done', '', '018f3f3e-0000-7000-8000-000000000001', 'bench', 'HQ',
        '', '127.0.0.1', 's', 'declaration' || chr(58) || 'AA  99' || lpad(:n::text, 8, '0'), 0, '{"shown":{"Act":"Accept"}}', 'c' || :k::bigint);
      insert into access.reply (account, key, fingerprint, reply)
      select id, gen_random_uuid()::text, sha256('y'), '{"done": true}' from bench.officer;
      commit;
      """;

  private record Rates(Rate drafts, Rate commands) {}

  /** Each officer accepts one declaration after the other for so long. */
  private Rates load(List<Officer> all, int duration) throws InterruptedException {
    long end = System.nanoTime() + duration * 1_000_000_000L;
    List<Callable<Officer.Times>> work = new ArrayList<>();
    all.forEach(officer -> work.add(() -> officer.until(end, next, refused)));
    try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
      List<long[]> drafts = new ArrayList<>();
      List<long[]> commands = new ArrayList<>();
      long errors = 0;
      for (Future<Officer.Times> one : threads.invokeAll(work)) {
        drafts.add(one.get().drafts());
        commands.add(one.get().commands());
        errors += one.get().errors();
      }
      return new Rates(rate(drafts, duration, 0), rate(commands, duration, errors));
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  static Rate rate(List<long[]> nanos, int duration, long errors) {
    long[] sorted = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    if (sorted.length == 0) {
      throw StartFailure.environment("The bench got nothing done.");
    }
    return new Rate(
        (double) sorted.length / duration,
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 0.99),
        errors);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }

  /** One who accepts declarations. */
  private static final class Officer {
    private final URI address;
    private final SignedIn.In who;
    private final HttpClient client = HttpClient.newHttpClient();

    record Times(long[] drafts, long[] commands, long errors) {}

    Officer(URI address, SignedIn.In who) throws IOException, InterruptedException {
      this.address = address;
      this.who = who;
      JsonNode signedIn =
          post("/api/v1/core/sea/sign-in", Map.of("user", "wang", "password", "sea wang 1"));
      if (!signedIn.has("user")) {
        throw StartFailure.environment("The core system did not let the bench in: " + signedIn);
      }
    }

    Times until(long end, AtomicInteger next, Map<String, Integer> refused)
        throws IOException, InterruptedException {
      List<Long> drafts = new ArrayList<>();
      List<Long> commands = new ArrayList<>();
      long errors = 0;
      while (System.nanoTime() < end) {
        String path = "/api/v1/declarations/AA99%08d/acts".formatted(next.incrementAndGet());
        Map<String, Object> wish = Map.of("act", "accept");
        long began = System.nanoTime();
        String nonce = post(path + "/draft", wish).path("confirmation").stringValue("");
        long drafted = System.nanoTime();
        JsonNode done =
            post(path, Map.of("input", wish, "confirmation", nonce, "password", who.password()));
        if (done.has("command")) {
          drafts.add(drafted - began);
          commands.add(System.nanoTime() - drafted);
        } else {
          errors++;
          refused.merge(done.path("code").stringValue("no code"), 1, Integer::sum);
        }
      }
      return new Times(nanos(drafts), nanos(commands), errors);
    }

    private static long[] nanos(List<Long> all) {
      return all.stream().mapToLong(Long::longValue).toArray();
    }

    private JsonNode post(String path, Map<String, ?> body)
        throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(path))
              .header("Content-Type", "application/json")
              .header("Cookie", who.cookie())
              .header("X-CSRF-Token", who.csrf())
              .header("Idempotency-Key", UUID.randomUUID().toString())
              .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
              .build();
      return Json.MAPPER.readTree(
          client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }
  }
}
