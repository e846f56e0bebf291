package tongguan.simulator.core;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    Clock clock = Clock.systemUTC();
    Telling telling = new Telling("core-" + options.kind(), options.kind().equals("sea"));
    Path journal = options.data().resolve("journal.ndjson");
    Books books = Books.open(journal, telling, options.reject(), options.seed(), clock);
    Accounts accounts = new Accounts(options.data().resolve("accounts"), options.kind(), clock);
    Faults faults = new Faults(options.fail(), options.seed());
    Peer peer = peer(new Peer.Parts(options, books, accounts, faults, options.data()), clock);
    Control control = new Control(peer, faults, books);
    CountDownLatch stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              stop.countDown();
              end(peer, control);
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
