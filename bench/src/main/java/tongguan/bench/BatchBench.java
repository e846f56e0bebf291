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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tongguan.base.Folders;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tongguan.inspection.Inspection;
import tools.jackson.databind.JsonNode;

/**
 * Five hundred scanned parcels looked up and flagged: at the server beside the raw database, and in
 * a real Chromium on a line of 1.6 Mbit/s with a round trip of 300 ms. Each round has parcels of
 * its own, written straight into the record; what was flagged goes to the air clearance system of
 * the simulator.
 */
final class BatchBench {
  private static final int WARM_UP = 3;
  private static final String SCRIPT = "web/e2e/batch-line.mjs";

  private final PlatformProcess platform;
  private final SignedIn.In officer;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int size;
  private final PrintStream out;

  private BatchBench(PlatformProcess platform, SignedIn.In officer, int size, PrintStream out) {
    this.platform = platform;
    this.officer = officer;
    this.size = size;
    this.out = out;
  }

  static void run(List<String> words, PrintStream out)
      throws IOException, InterruptedException, SQLException {
    Options options =
        new Options(
            "batch", words, Set.of("--rounds", "--size", "--containers", "--data", "--line"));
    int rounds = options.number("--rounds", 30, 1, 200);
    int size = options.number("--size", 500, 1, 500);
    Path data = Path.of(options.text("--data", "var-bench-batch"));
    Path scratch = Files.createTempDirectory("tongguan-bench");
    try (CoreProcess _ = CoreProcess.start(scratch, data);
        PlatformProcess platform =
            PlatformProcess.start(data, options.number("--containers", 3_000, 100, 1_000_000))) {
      BatchBench bench =
          new BatchBench(platform, SignedIn.in(platform.address(), platform.database()), size, out);
      bench.signInAtTheCore();
      bench.atTheServer(rounds);
      if (options.text("--line", "yes").equals("yes")) {
        bench.overTheLine();
      }
    } finally {
      Folders.delete(scratch);
    }
  }

  private void signInAtTheCore() throws IOException, InterruptedException {
    JsonNode _ =
        post(
            "/api/v1/core/air/sign-in",
            Map.of("user", CoreProcess.USER, "password", CoreProcess.PASSWORD));
  }

  /** Parcels that are ready for release, each with its house waybill; gives the waybills. */
  private List<String> parcels(int count) throws SQLException {
    List<String> houses = new ArrayList<>();
    try (Connection owner = platform.owner();
        Statement statement = owner.createStatement()) {
      int from;
      try (var row =
          statement.executeQuery("select count(*) from record.bill where house like 'BQ%'")) {
        from = row.next() ? row.getInt(1) : 0;
      }
      statement.execute(PARCELS.formatted(from + 1, from + count));
      for (int i = from + 1; i <= from + count; i++) {
        houses.add("BQ%08d".formatted(i));
      }
    }
    return houses;
  }

  private static final String PARCELS =
      """
      with parcel as materialized (
        select 'BQ' || lpad(n::text, 8, '0') as house, 'CA  15' || lpad(n::text, 8, '0') as declaration, n
        from generate_series(%d, %d) n),
      bill as (
        insert into record.bill (key, voyage, master, house, sender, cancelled, goods, packages, gross_kg, consignee,
          load_port, told_at, told_rank, told_tie, message)
        select '29712345675/' || house, 'CI6831/2026-11-20', '29712345675', house, 'BENCH', false,
          (array['phone cases', 'lamps', 'shoes', 'tea', 'toys'])[1 + n %% 5], 1, 1 + n %% 30 / 10.0,
          'Consignee ' || n %% 977, 'CNSHA', now(), 30, n, uuidv7()
        from parcel),
      link as (
        insert into record.declaration_bill (declaration, bill, told_at, told_rank, told_tie)
        select declaration, '29712345675/' || house, now(), 30, n from parcel)
      insert into record.declaration (number, direction, declaration_kind, office, voyage, origin, gross_kg, phase,
        channel, waiting_for, lodged_at, told_at, told_rank, told_tie, message)
      select declaration, 'export', 'G5', 'CA', 'CI6831/2026-11-20', 'CN', 1 + n %% 30 / 10.0, 'ready', 'C1', '{release}',
        now(), now(), 30, n, uuidv7()
      from parcel
      """;

  private void atTheServer(int rounds) throws IOException, InterruptedException, SQLException {
    Times raw = new Times("raw database: the look-up's statement");
    Times rawWrite = new Times("raw database: as many rows, one statement, one commit");
    Times lookUp = new Times("look-up");
    Times draft = new Times("what is shown before the password");
    Times confirm = new Times("flags, password check included");
    Times both = new Times("look-up and flags");
    long bytes = 0;
    try (Connection owner = platform.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("create schema if not exists bench");
      statement.execute("create table if not exists bench.command (like clearance.command)");
      for (int round = -WARM_UP; round < rounds; round++) {
        List<String> keys = parcels(size);
        statement.execute("analyze record.bill, record.declaration, record.declaration_bill");
        boolean counts = round >= 0;
        raw.add(counts, () -> Inspection.ask(owner, keys, LocalDate.now(Clock.systemUTC())).length);
        rawWrite.add(counts, () -> statement.executeUpdate(WRITE.formatted(size)));
        double looked =
            lookUp.add(
                counts,
                () -> post("/api/v1/batches/look-up", Map.of("keys", keys)).path("items").size());
        Map<String, Object> input =
            Map.of("keys", keys, "kind", "document", "reason", "random", "priority", 3);
        String[] nonce = {""};
        draft.add(
            counts,
            () -> {
              nonce[0] = post(FLAGS + "/draft", input).path("confirmation").stringValue("");
              return nonce[0].length();
            });
        double flagged =
            confirm.add(
                counts,
                () -> {
                  Map<String, Object> body =
                      Map.of(
                          "input", input, "confirmation", nonce[0], "password", officer.password());
                  int done = post(FLAGS, body).path("flagged").intValue();
                  if (done != size) {
                    throw StartFailure.environment(done + " of " + size + " were flagged");
                  }
                  return done;
                });
        both.note(counts, looked + flagged);
        bytes = single(keys.getFirst());
      }
    }
    out.printf("%d at a time, %d rounds, beside the load of this machine%n", size, rounds);
    out.println("| | p50 ms | p99 ms |");
    out.println("| --- | ---: | ---: |");
    for (Times one : List.of(raw, lookUp, rawWrite, draft, confirm, both)) {
      out.println(one.row());
    }
    out.printf(
        Locale.ROOT,
        "look-up and flags of %d: p99 %.0f ms (limit 1000); one number looked up: %d bytes (limit 2048)%n",
        size,
        both.at(0.99),
        bytes);
  }

  private static final String FLAGS = "/api/v1/batches/flags";

  private static final String WRITE =
      """
      insert into bench.command (id, declaration, act, input, system, officer, officer_name, unit, core_user,
        confirmed_at, state, attempts, next_at)
      select uuidv7(), 'CA  15' || lpad(n::text, 8, '0'), 'flag', '{"kind": "document"}', 'air', uuidv7(), 'bench', 'HQ',
        'wang', now(), 'waiting', 0, now()
      from generate_series(1, %d) n
      """;

  /** What the answer for one number weighs, as the platform sends it to a browser. */
  private long single(String key) throws IOException, InterruptedException {
    HttpRequest request =
        request("/api/v1/batches/look-up", Map.of("keys", List.of(key)))
            .header("Accept-Encoding", "gzip")
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    long head =
        response.headers().map().entrySet().stream()
            .mapToLong(one -> one.getKey().length() + String.join(",", one.getValue()).length() + 4)
            .sum();
    return head + response.body().length;
  }

  private HttpRequest.Builder request(String path, Map<String, ?> body) {
    return HttpRequest.newBuilder(address(path))
        .header("Content-Type", "application/json")
        .header("Cookie", officer.cookie())
        .header("X-CSRF-Token", officer.csrf())
        .header("Idempotency-Key", UUID.randomUUID().toString())
        .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)));
  }

  private URI address(String path) {
    return platform.address().resolve(path);
  }

  private JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request(path, body).build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw StartFailure.environment(
          path + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    try {
      return Json.read(response.body());
    } catch (Json.Malformed malformed) {
      throw new IOException(path, malformed);
    }
  }

  private void overTheLine() throws IOException, InterruptedException, SQLException {
    Path home = Path.of(System.getProperty("tongguan.home", "."));
    if (!Files.exists(home.resolve("web/node_modules/playwright-core"))) {
      out.println(
          "over the line: not measured, the client's tools are not installed (web/node_modules)");
      return;
    }
    String base = platform.address().toString();
    String settings =
        Json.text(
            Map.of(
                "base", base.substring(0, base.length() - 1),
                "cookie", officer.cookie(),
                "password", officer.password(),
                "keys", parcels(size)));
    String said =
        Tool.run(
            List.of("node", home.resolve(SCRIPT).toString()),
            Map.of("TONGGUAN_BATCH", settings),
            home.resolve("web"),
            "nodejs");
    try {
      JsonNode line = Json.read(said.strip().getBytes(StandardCharsets.UTF_8));
      out.println("in Chromium on a line of 1.6 Mbit/s with a round trip of 300 ms:");
      out.printf("  first visit %s (limit 5000 ms)%n", visit(line.path("first")));
      out.printf("  again       %s (limit 1000 ms)%n", visit(line.path("again")));
      out.printf(
          "  from the last scan to %d confirmed results: %d ms (limit 4000), of that %d until all were known%n",
          size, line.path("toResults").intValue(), line.path("toKnown").intValue());
      out.printf(
          "  round trips %d; %d bytes received, %d sent; the line alone takes %d ms for that%n",
          line.path("roundTrips").intValue(),
          line.path("got").longValue(),
          line.path("sent").longValue(),
          line.path("roundTrips").intValue() * 300L
              + (line.path("got").longValue() + line.path("sent").longValue()) / 200);
    } catch (Json.Malformed malformed) {
      throw new IOException(said, malformed);
    }
  }

  private static String visit(JsonNode visit) {
    return "%d ms, %d bytes in %d requests"
        .formatted(
            visit.path("ms").intValue(),
            visit.path("bytes").longValue(),
            visit.path("requests").intValue());
  }

  @FunctionalInterface
  private interface Step {
    int take() throws IOException, InterruptedException, SQLException;
  }

  /** How long a step took in each round, in milliseconds. */
  private static final class Times {
    private final String name;
    private final List<Double> millis = new ArrayList<>();

    Times(String name) {
      this.name = name;
    }

    double add(boolean counts, Step step) throws IOException, InterruptedException, SQLException {
      long started = System.nanoTime();
      if (step.take() == 0) {
        throw StartFailure.environment(name + " gave nothing");
      }
      double took = (System.nanoTime() - started) / 1e6;
      note(counts, took);
      return took;
    }

    void note(boolean counts, double took) {
      if (counts) {
        millis.add(took);
      }
    }

    double at(double share) {
      List<Double> sorted = millis.stream().sorted().toList();
      return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * share)));
    }

    String row() {
      return String.format(Locale.ROOT, "| %s | %.1f | %.1f |", name, at(0.5), at(0.99));
    }
  }
}
