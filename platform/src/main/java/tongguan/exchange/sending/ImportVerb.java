package tongguan.exchange.sending;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tongguan.base.StartFailure;
import tongguan.exchange.sending.Import.Counts;
import tongguan.exchange.sending.Import.Sent;

/**
 * The verb {@code import}: message files into the platform running at an address. Exit code 0 when
 * all is in the record, 1 when something was quarantined, refused or could not be sent.
 */
public final class ImportVerb {
  /** Beyond this many complaints of one file the list is at the platform. */
  private static final int SHOWN_COMPLAINTS = 20;

  private final PrintStream out;
  private URI url = URI.create("http://127.0.0.1:8080");
  private Path data = Path.of("var");
  private Path tokenFile = Path.of("");
  private final List<Path> given = new ArrayList<>();

  private ImportVerb(PrintStream out) {
    this.out = out;
  }

  public static int run(List<String> arguments, Map<String, String> environment, PrintStream out) {
    ImportVerb verb = new ImportVerb(out);
    verb.read(arguments);
    return verb.send(verb.token(environment), environment);
  }

  private void read(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      switch (word) {
        case "--url" -> url = url(valueOf(word, arguments, ++i));
        case "--token-file" -> tokenFile = path(valueOf(word, arguments, ++i));
        case "--data" -> data = path(valueOf(word, arguments, ++i));
        default -> {
          if (word.startsWith("-")) {
            throw StartFailure.usage(
                "import does not know \"%s\"; it takes --url, --token-file and --data (see import --help)."
                    .formatted(word));
          }
          given.add(path(word));
        }
      }
    }
    if (given.isEmpty()) {
      throw StartFailure.usage("import: which file or folder? (see import --help)");
    }
  }

  private static String valueOf(String option, List<String> arguments, int index) {
    if (index >= arguments.size()) {
      throw StartFailure.usage("import: " + option + " needs a value.");
    }
    return arguments.get(index);
  }

  private static URI url(String text) {
    try {
      URI uri = URI.create(text.endsWith("/") ? text : text + "/");
      if (List.of("http", "https").contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // answered below
    }
    throw StartFailure.usage("import: --url \"" + text + "\" is not an http address.");
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw StartFailure.usage("import: \"" + text + "\" is not a path.");
    }
  }

  private String token(Map<String, String> environment) {
    String fromEnvironment = environment.getOrDefault("TONGGUAN_SENDER_TOKEN", "").strip();
    boolean named = !tokenFile.toString().isEmpty();
    if (!named && !fromEnvironment.isEmpty()) {
      return fromEnvironment;
    }
    Path file = named ? tokenFile : data.resolve("senders").resolve("local-import.token");
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw StartFailure.environment(
          "The credential in %s cannot be read; say --token-file or --data, or set TONGGUAN_SENDER_TOKEN."
              .formatted(file));
    }
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      if (Files.isDirectory(path)) {
        files.addAll(filesIn(path));
      } else if (!Files.isReadable(path)) {
        throw StartFailure.usage("import: there is no file or folder \"" + path + "\".");
      } else if (MessageFile.of(path).isEmpty()) {
        throw StartFailure.usage(
            "import: the name \"%s\" does not say what is in it; .edi, .json or .ndjson (and .gz) do."
                .formatted(path));
      } else {
        files.add(path);
      }
    }
    if (files.isEmpty()) {
      throw StartFailure.usage("import: there are no files of messages in " + given + ".");
    }
    return files;
  }

  /** In the order of their names; what is no file of messages, and a table of contents, stays. */
  private static List<Path> filesIn(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> MessageFile.of(file).isPresent())
          .filter(file -> !file.getFileName().toString().equals("index.json"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw StartFailure.environment("The folder " + folder + " cannot be read.");
    }
  }

  private int send(String token, Map<String, String> environment) {
    List<Path> files = files();
    boolean chinese =
        environment.getOrDefault("LANG", "").toLowerCase(Locale.ROOT).startsWith("zh");
    Import sender = new Import(url, token, chinese ? "zh-TW" : "en");
    long started = System.nanoTime();
    try {
      Counts counts = sender.send(files, this::print);
      double seconds = Math.max(0.001, (System.nanoTime() - started) / 1e9);
      out.printf(
          Locale.ROOT,
          "%d files: %d applied, %d known already, %d quarantined%s; %.1f s, %.0f messages/s%n",
          files.size(),
          counts.applied(),
          counts.known(),
          counts.quarantined(),
          counts.refused() == 0 ? "" : ", " + counts.refused() + " transmissions refused",
          seconds,
          counts.messages() / seconds);
      return counts.isClean() ? 0 : 1;
    } catch (IOException failed) {
      throw StartFailure.environment(String.valueOf(failed.getMessage()));
    }
  }

  private void print(Sent sent) {
    Counts counts = sent.counts();
    out.printf(
        Locale.ROOT,
        "%s: %d applied, %d known already, %d quarantined%n",
        sent.file().getFileName(),
        counts.applied(),
        counts.known(),
        counts.quarantined());
    sent.complaints().stream().limit(SHOWN_COMPLAINTS).forEach(line -> out.println("  " + line));
    if (sent.complaints().size() > SHOWN_COMPLAINTS) {
      out.printf("  ... and %d more%n", sent.complaints().size() - SHOWN_COMPLAINTS);
    }
  }
}
