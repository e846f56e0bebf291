package tongguan.steward;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.KernelUptime;
import tongguan.steward.base.Limits;
import tongguan.steward.base.SysTree;
import tongguan.steward.control.State;
import tongguan.steward.desk.DesktopNote;
import tongguan.steward.enrol.Enrolment;
import tongguan.steward.enrol.Identity;
import tongguan.steward.enrol.IdentityFile;
import tongguan.steward.enrol.QrText;
import tongguan.steward.report.FileList;
import tongguan.steward.report.Machine;
import tongguan.steward.store.Vault;
import tongguan.steward.store.Wipe;

/** The command line. */
public final class Steward {
  private static final String USAGE =
      """
      tongguan-steward [--config FILE] run            lock everything, then keep watch (the service does this)
      tongguan-steward [--config FILE] lock           lock everything and end; needs no network
      tongguan-steward [--config FILE] state          what every interface says of itself
      tongguan-steward [--config FILE] enrol TEXT     enrol this device; TEXT is what the QR code says
      tongguan-steward check                          whether its files are as they were installed
      tongguan-steward [--config FILE] messages       the platform's messages, from the encrypted store
      tongguan-steward --version
      """;

  private Steward() {}

  /** 0 done, 1 not done, 2 asked in a wrong way. */
  public static void main(String[] arguments) throws IOException {
    try (InputStream logging = Steward.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(logging);
    }
    System.exit(run(new ArrayList<>(List.of(arguments)), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    Path config = Settings.USUAL;
    if (arguments.size() > 1 && arguments.getFirst().equals("--config")) {
      config = Path.of(arguments.get(1));
      arguments.subList(0, 2).clear();
    }
    String verb = arguments.isEmpty() ? "" : arguments.removeFirst();
    try {
      return switch (verb + " " + arguments.size()) {
        case "--version 0" -> {
          out.println("tongguan-steward " + version());
          yield 0;
        }
        case "run 0" -> watch(Settings.read(config));
        case "lock 0" -> lock(Settings.read(config), out);
        case "state 0" -> state(Settings.read(config), out);
        case "enrol 1" -> enrol(Settings.read(config), arguments.getFirst(), out, err);
        case "check 0" -> check(out);
        case "messages 0" -> messages(Settings.read(config), out);
        // For the steward itself and for the build of its package.
        case "show-message 1" -> showMessage(arguments.getFirst());
        case "list-files 1" -> {
          new FileList(Path.of(arguments.getFirst())).make();
          yield 0;
        }
        default -> {
          err.print(USAGE);
          yield 2;
        }
      };
    } catch (Settings.Wrong wrong) {
      err.println("steward: " + wrong.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("steward: " + e);
      return 1;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  /** Until it is told to end; a new enrolment begins a new round. */
  private static int watch(Settings settings) throws IOException, InterruptedException {
    AtomicReference<@Nullable Agent> running = new AtomicReference<>();
    boolean[] stopping = {false};
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopping[0] = true;
                  close(running.get());
                },
                "shutdown"));
    Optional<FileLock> alone = Optional.empty();
    while (!stopping[0]) {
      Agent agent =
          new Agent(
              settings, Clock.systemUTC(), new KernelUptime(), version(), installed(), self());
      running.set(agent);
      if (alone.isEmpty()) {
        alone = Optional.of(takeAlone(settings.state()));
      }
      agent.run();
      close(agent);
    }
    return 0;
  }

  /** Two of them would open what the other shuts. */
  private static FileLock takeAlone(Path state) throws IOException {
    FileChannel channel =
        FileChannel.open(
            state.resolve("running"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      throw new IOException("another steward runs with " + state);
    }
    return lock;
  }

  private static void close(@Nullable Agent agent) {
    try {
      if (agent != null) {
        agent.close();
      }
    } catch (IOException e) {
      System.err.println("steward: " + e.getMessage());
    }
  }

  private static int lock(Settings settings, PrintStream out) {
    SysTree tree = new SysTree(settings.root());
    return print(Agent.controls(settings, new Places(settings, tree), tree).lock(), out);
  }

  private static int state(Settings settings, PrintStream out) {
    SysTree tree = new SysTree(settings.root());
    return print(Agent.controls(settings, new Places(settings, tree), tree).states(), out);
  }

  private static int check(PrintStream out) {
    Optional<Path> image = installed();
    if (image.isEmpty()) {
      out.println("not installed from its package");
      return 1;
    }
    Optional<String> mismatch = new FileList(image.get()).mismatch();
    out.println(mismatch.orElse("as installed"));
    return mismatch.isPresent() ? 1 : 0;
  }

  private static int print(Map<String, State> states, PrintStream out) {
    states.forEach(
        (name, state) -> out.println((name + " " + state.word() + " " + state.detail()).strip()));
    return states.values().stream().anyMatch(State.Failed.class::isInstance) ? 1 : 0;
  }

  private static int enrol(Settings settings, String text, PrintStream out, PrintStream err)
      throws IOException {
    Optional<QrText> code = QrText.parse(text);
    if (code.isEmpty()) {
      err.println("steward: that is not the text of an enrolment code.");
      return 2;
    }
    DurableFile.createFolder(settings.state());
    SysTree tree = new SysTree(settings.root());
    Places places = new Places(settings, tree);
    places.refresh(List.of(code.get().platform()));
    Agent.controls(settings, places, tree).lock();
    Machine machine = new Machine(tree);
    return switch (new Enrolment(version()).enrol(code.get(), machine.serial(), machine.macs())) {
      case Enrolment.Outcome.Enrolled(Identity identity) -> {
        begin(settings, identity);
        out.println("enrolled as " + identity.device());
        yield 0;
      }
      case Enrolment.Outcome.Refused(int status) -> {
        err.println(
            "steward: the platform refused the enrolment (" + status + "); ask for a new code.");
        yield 1;
      }
      case Enrolment.Outcome.Failed(String why) -> {
        err.println("steward: " + why);
        yield 1;
      }
    };
  }

  /** A device that was wiped begins anew; what belonged to another device is left behind. */
  private static void begin(Settings settings, Identity identity) throws IOException {
    Path state = settings.state();
    IdentityFile file = new IdentityFile(state);
    boolean same = wasDevice(file, identity.device());
    if (!same) {
      new DurableFile(state.resolve("commands.json")).delete();
    }
    new DurableFile(state.resolve("contact.json")).delete();
    file.write(identity);
    new Wipe(state, new Vault(state), List.of(), List.of(), _ -> {}).undone();
  }

  private static boolean wasDevice(IdentityFile file, String device) {
    try {
      return file.read().filter(identity -> identity.device().equals(device)).isPresent();
    } catch (IOException damaged) {
      return false;
    }
  }

  private static int messages(Settings settings, PrintStream out) throws IOException {
    Vault vault = new Vault(settings.state());
    for (String name : vault.names()) {
      if (name.startsWith("message-")) {
        out.println(
            switch (vault.get(name)) {
              case Vault.Found.Content(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
              case Vault.Found.Nothing() -> "";
              case Vault.Found.Unreadable() -> name + " cannot be read";
            });
      }
    }
    return 0;
  }

  private static int showMessage(String bus) throws IOException {
    String text =
        new String(System.in.readNBytes(Limits.MESSAGE_CHARACTERS * 4), StandardCharsets.UTF_8);
    return DesktopNote.showHere(bus, text) ? 0 : 1;
  }

  static String version() throws IOException {
    try (InputStream version = Steward.class.getResourceAsStream("version")) {
      return version == null
          ? "unknown"
          : new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /**
   * The folder of the installed image, which the package's launcher names; one that is not there is
   * not as it was installed.
   */
  private static Optional<Path> installed() {
    return Optional.ofNullable(System.getProperty("steward.image"))
        .map(image -> Path.of(image).toAbsolutePath().normalize());
  }

  /** How this very program is started again: by its launcher, or by a JVM with its classes. */
  private static List<String> self() {
    String command = ProcessHandle.current().info().command().orElse("tongguan-steward");
    if (!command.endsWith("/java")) {
      return List.of(command);
    }
    String module = System.getProperty("jdk.module.main");
    if (module != null) {
      String path = System.getProperty("jdk.module.path");
      return path == null
          ? List.of(command, "-m", module + "/" + Steward.class.getName())
          : List.of(command, "-p", path, "-m", module + "/" + Steward.class.getName());
    }
    return List.of(
        command, "-cp", System.getProperty("java.class.path", ""), Steward.class.getName());
  }
}
