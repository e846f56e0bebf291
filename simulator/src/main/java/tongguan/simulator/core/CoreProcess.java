package tongguan.simulator.core;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** One core system, from the first line of its output until it is told to stop. */
public final class CoreProcess {
  public static final String USAGE = CoreOptions.USAGE;

  private CoreProcess() {}

  /**
   * Serves until the process ends.
   *
   * @throws IllegalArgumentException that says what of the command line is not understood
   */
  public static void run(List<String> arguments, PrintStream out)
      throws IOException, GeneralSecurityException {
    CoreOptions options = CoreOptions.parse(arguments);
    Files.createDirectories(options.data());
    options.parent().ifPresent(CoreProcess::endWith);
    // One at a time, also where the one before is still ending.
    try (FileChannel channel =
            FileChannel.open(
                options.data().resolve("lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      serve(options, out);
    }
  }

  private static void serve(CoreOptions options, PrintStream out)
      throws IOException, GeneralSecurityException {
    Clock clock = Clock.systemUTC();
    Telling telling = new Telling("core-" + options.kind(), options.kind().equals("sea"));
    Path journal = options.data().resolve("journal.ndjson");
    Map<String, Declared> before = declared(options);
    Books books = Books.open(journal, before, telling, options.reject(), options.seed(), clock);
    Accounts accounts = new Accounts(options.data().resolve("accounts"), options.kind(), clock);
    Faults faults = new Faults(options.fail(), options.seed());
    Peer peer = peer(new Peer.Parts(options, books, accounts, faults, options.data()), clock);
    Control control = new Control(peer, faults, books);
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              end(peer, control);
              stop.countDown();
            }));
    ObjectNode connection = peer.connection();
    Files.writeString(
        options.data().resolve("connection.json"), connection.toPrettyString() + "\n");
    out.println("ready " + peer.door().port() + " control " + control.port());
    out.println("\"" + options.kind() + "\": " + connection);
    out.flush();
    try {
      stop.await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the world's writer left to it; sea and air hold what comes their way, the others all. */
  private static Map<String, Declared> declared(CoreOptions options) throws IOException {
    Map<String, Declared> declared = new LinkedHashMap<>();
    Path file = options.declarations().orElse(Path.of(""));
    if (!Files.isRegularFile(file)) {
      return declared;
    }
    boolean byWay = options.kind().equals("sea") || options.kind().equals("air");
    try (Stream<String> lines = Files.lines(file)) {
      lines
          .map(Json::read)
          .filter(line -> !byWay || line.path("system").asString("").equals(options.kind()))
          .forEach(line -> declared.put(line.path("declaration").asString(""), Declared.of(line)));
    }
    return declared;
  }

  private static void endWith(long parent) {
    ProcessHandle.of(parent)
        .map(ProcessHandle::onExit)
        .orElseThrow(() -> new IllegalArgumentException("--parent is no process that runs."))
        .thenRun(() -> System.exit(0));
  }

  private static Peer peer(Peer.Parts parts, Clock clock)
      throws IOException, GeneralSecurityException {
    return switch (parts.options().kind()) {
      case "sea" -> new SeaPeer(parts, clock);
      case "air" -> new AirPeer(parts, clock);
      case "customs" -> new CustomsPeer(parts);
      default -> new AgencyPeer(parts, clock);
    };
  }

  private static void end(Peer peer, Control control) {
    try (control) {
      peer.close();
    } catch (IOException ending) {
      System.err.println("simulator: " + ending);
    }
  }
}
