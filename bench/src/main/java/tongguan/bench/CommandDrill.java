package tongguan.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import tongguan.base.Folders;
import tongguan.bench.DrillOfficer.Press;
import tongguan.identity.Account;

/**
 * Officers confirm commands by the thousand while nodes, core systems, the database and the lines
 * between them are killed and cut at random; then everything is up, what is under way comes to its
 * end, and every command is accounted for.
 */
final class CommandDrill {
  private static final int OFFICERS = 6;
  private static final long END_MILLIS = 180_000;

  private final int commands;
  private final int kills;
  private final long seed;
  private final PrintStream out;
  private final List<Press.Acknowledged> acknowledged =
      Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> refused = Collections.synchronizedMap(new TreeMap<>());
  private final AtomicInteger unanswered = new AtomicInteger();

  private CommandDrill(int commands, int kills, long seed, PrintStream out) {
    this.commands = commands;
    this.kills = kills;
    this.seed = seed;
    this.out = out;
  }

  /** True where every invariant held. */
  static boolean run(List<String> words, PrintStream out)
      throws IOException, InterruptedException, SQLException {
    Options options = new Options("commands", words, Set.of("--commands", "--kills", "--seed"));
    int any = new Random().nextInt(1, 1_000_000);
    return run(
        options.number("--commands", 2000, 1, 100_000),
        options.number("--kills", 30, 0, 1000),
        options.number("--seed", any, 0, 999_999_999),
        out);
  }

  static boolean run(int commands, int kills, long seed, PrintStream out)
      throws IOException, InterruptedException, SQLException {
    out.printf("seed %d: %d commands, %d kills%n", seed, commands, kills);
    Path folder = Files.createTempDirectory("tongguan-drill");
    boolean held = false;
    try (DrillSite site = new DrillSite(folder, seed)) {
      List<String> broken = new CommandDrill(commands, kills, seed, out).drill(site);
      broken.stream().limit(20).forEach(one -> out.println("BROKEN " + one));
      held = broken.isEmpty();
      out.println(
          held ? "every invariant held" : broken.size() + " invariants broken; see " + folder);
    }
    if (held) {
      Folders.delete(folder);
    }
    return held;
  }

  private List<String> drill(DrillSite site)
      throws IOException, InterruptedException, SQLException {
    SplittableRandom random = new SplittableRandom(seed);
    BlockingQueue<String> declarations = new LinkedBlockingQueue<>();
    declarations.addAll(site.declarations(Math.clamp(commands / 4, 24, 400)));
    long started = System.nanoTime();
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      List<Future<?>> officers = new ArrayList<>();
      for (int i = 0; i < OFFICERS; i++) {
        DrillOfficer officer = new DrillOfficer(officer(site, i), site::address, random.split());
        officers.add(
            threads.submit(() -> {
              work(officer, declarations);
              return true;
            }));
      }
      strike(site, random);
      for (Future<?> officer : officers) {
        officer.get();
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
    long worked = System.nanoTime();
    List<String> broken = new ArrayList<>(toTheEnd(site));
    long ended = System.nanoTime();
    broken.addAll(new CommandCheck(site).run(List.copyOf(acknowledged)));
    report(site, (worked - started) / 1e9, (ended - worked) / 1e9);
    return broken;
  }

  private static SignedIn.In officer(DrillSite site, int number)
      throws IOException, InterruptedException {
    SignedIn.Somebody somebody =
        SignedIn.found(
            site.database().owner(),
            "drill" + number,
            List.of(
                new Account.Holding("officer", "all"),
                new Account.Holding("district-administrator", "all")));
    return SignedIn.in(site.address(0), somebody);
  }

  private void work(DrillOfficer officer, BlockingQueue<String> declarations)
      throws InterruptedException {
    while (acknowledged.size() < commands) {
      switch (officer.press(declarations)) {
        case Press.Acknowledged done -> acknowledged.add(done);
        case Press.Refused no -> refused.merge(no.code(), 1, Integer::sum);
        case Press.Unanswered _ -> unanswered.incrementAndGet();
        case Press.Idle _ -> Thread.sleep(20);
      }
    }
  }

  /** Spread over the work, so that there is always something under way. */
  private void strike(DrillSite site, SplittableRandom random)
      throws IOException, InterruptedException {
    for (int i = 0; i < kills; i++) {
      long due = (long) commands * (i + 1) / (kills + 1);
      while (acknowledged.size() < due) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(200));
      site.strike(random);
    }
  }

  /** Everything is up; whatever is under way has to arrive by itself. */
  private static List<String> toTheEnd(DrillSite site) throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + END_MILLIS * 1_000_000;
    while (System.nanoTime() < deadline) {
      if (site.database().count(CommandCheck.OPEN) == 0
          && site.database().count(CommandCheck.UNHEARD) == 0) {
        return List.of();
      }
      Thread.sleep(250);
    }
    return List.of("not everything was over " + END_MILLIS / 1000 + " s after the last kill");
  }

  private void report(DrillSite site, double worked, double ended)
      throws SQLException, IOException {
    DrillDatabase database = site.database();
    long done = database.count("select count(*) from clearance.command where state = 'done'");
    long stopped =
        database.count(
            "select count(*) from clearance.command where state = 'refused' and code = 'act-barred'");
    long no = database.count("select count(*) from clearance.command where state = 'refused'");
    int effects = 0;
    for (CorePeerProcess core : site.cores()) {
      effects += core.journal().size();
    }
    out.printf("killed or cut: %s%n", site.done());
    out.printf(
        "acknowledged %d, refused at once %s, unanswered %d%n",
        acknowledged.size(), refused, unanswered.get());
    out.printf(
        "done %d, refused by a core system %d, stopped before they were sent %d; tried %d times in all%n",
        done,
        no - stopped,
        stopped,
        database.count("select coalesce(sum(attempts), 0) from clearance.command"));
    out.printf("lines in the journals of the core systems %d%n", effects);
    out.printf("%.1f s of work, %.1f s until everything had arrived%n", worked, ended);
  }
}
