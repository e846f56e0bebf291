package tongguan.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import tongguan.base.Json;
import tongguan.base.StartFailure;

/**
 * The site of a drill: two platform nodes, one PostgreSQL, four core systems, each a process of its
 * own, with lines between them that can be cut.
 */
final class DrillSite implements AutoCloseable {
  private static final List<String> KINDS = List.of("sea", "air", "customs", "agency");
  private static final int CUT_MILLIS = 3000;

  private final Path folder;
  private final DrillDatabase database;
  private final List<CorePeerProcess> cores = new ArrayList<>();
  private final CutLine[] lines = new CutLine[2];
  private final PlatformProcess[] nodes = new PlatformProcess[2];
  private final Map<String, Integer> done = new LinkedHashMap<>();

  /** The core systems lose some answers and refuse some orders by themselves, too. */
  DrillSite(Path folder, long seed) throws IOException {
    this.folder = folder;
    this.database = DrillDatabase.start(folder.resolve("postgres"));
    for (String kind : KINDS) {
      List<String> mischief =
          List.of("--fail", "0.02", "--reject", "0.03", "--seed", String.valueOf(seed & 0xffffff));
      cores.add(CorePeerProcess.start(kind, folder, mischief));
    }
    for (int i = 0; i < 2; i++) {
      lines[i] = CutLine.to(database.port());
      Map<String, Object> systems = new LinkedHashMap<>();
      for (CorePeerProcess core : cores) {
        systems.put(core.kind(), core.settings());
      }
      Files.writeString(
          Files.createDirectories(folder.resolve("node" + i)).resolve("core.json"),
          Json.text(Map.of("systems", systems)));
      nodes[i] = start(i);
    }
  }

  private PlatformProcess start(int node) throws IOException {
    Map<String, String> environment = new HashMap<>(database.by(lines[node].port()));
    environment.put("TONGGUAN_FLEET_KEYS", folder.resolve("node0/fleet").toString());
    environment.put("TONGGUAN_AUDIT_KEY", folder.resolve("node0/audit/signing.key").toString());
    return PlatformProcess.start(folder.resolve("node" + node), 0, environment);
  }

  synchronized URI address(int node) {
    return nodes[node].address();
  }

  DrillDatabase database() {
    return database;
  }

  List<CorePeerProcess> cores() {
    return cores;
  }

  /** What was killed or cut, and how often. */
  Map<String, Integer> done() {
    return done;
  }

  /** Kills or cuts one thing at random, and has it back before it returns. */
  void strike(SplittableRandom random) throws IOException, InterruptedException {
    int what = random.nextInt(10);
    if (what < 3) {
      killNode(random.nextInt(2));
    } else if (what < 6) {
      CorePeerProcess core = cores.get(random.nextInt(3));
      core.killAndStart();
      count("core " + core.kind());
    } else if (what < 7) {
      killDatabase();
    } else if (what < 9) {
      CorePeerProcess core = cores.get(random.nextInt(3));
      cut(core.line());
      count("line to " + core.kind());
    } else {
      cut(lines[random.nextInt(2)]);
      count("line to database");
    }
  }

  private void killNode(int node) throws IOException, InterruptedException {
    nodes[node].kill();
    PlatformProcess again = start(node);
    synchronized (this) {
      nodes[node] = again;
    }
    count("platform node");
  }

  private void killDatabase() throws IOException, InterruptedException {
    database.killAndStart();
    for (CutLine line : lines) {
      line.leadTo(database.port());
    }
    count("database");
  }

  private static void cut(CutLine line) throws InterruptedException {
    line.cut();
    Thread.sleep(CUT_MILLIS);
    line.mend();
  }

  private void count(String what) {
    done.merge(what, 1, Integer::sum);
  }

  /** The declarations that the officers work on: half of them by sea, half by air. */
  List<String> declarations(int how) throws SQLException {
    database.execute(DECLARATIONS.formatted(how));
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= how; i++) {
      numbers.add("AA  99%08d".formatted(i));
    }
    return numbers;
  }

  private static final String DECLARATIONS =
      """
      update identity.role set second_factor = false;
      create temporary table world as
        select 'AA  99' || lpad(n::text, 8, '0') as number, n from generate_series(1, %d) n;
      insert into record.declaration (number, office, direction, declaration_kind, voyage, phase, waiting_for)
      select number, 'AA', 'import', 'G1', case when n %% 2 = 0 then 'CI5821/2026-11-20' end, 'lodged', '{acceptance}'
      from world;
      insert into record.step (declaration, at, step, source, told_rank, told_tie, message)
      select number, now() - interval '1 day', 'lodged', 'drill', 30, 1, uuidv7() from world
      """;

  /**
   * The verb {@code audit verify}, as an operator would run it; what it said where it found
   * something.
   */
  String verifyAudit() throws IOException, InterruptedException {
    Process process =
        command("audit", "verify", "--data", folder.resolve("node0").toString())
            .redirectErrorStream(true)
            .start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      throw StartFailure.environment("audit verify does not end.");
    }
    return process.exitValue() == 0 ? "" : said.strip();
  }

  private ProcessBuilder command(String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "tongguan.Tongguan"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(database.by(database.port()));
    builder
        .environment()
        .put(
            "TONGGUAN_DATABASE_URL",
            database.by(database.port()).get("TONGGUAN_DATABASE_OWNER_URL"));
    builder
        .environment()
        .put("TONGGUAN_AUDIT_KEY", folder.resolve("node0/audit/signing.key").toString());
    return builder;
  }

  @Override
  public void close() throws IOException {
    for (PlatformProcess node : nodes) {
      node.close();
    }
    cores.forEach(CorePeerProcess::close);
    for (CutLine line : lines) {
      line.close();
    }
    database.close();
  }
}
