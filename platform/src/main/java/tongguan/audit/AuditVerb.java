package tongguan.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import tongguan.audit.Proof.Inclusion;
import tongguan.audit.Proof.NotSealed;
import tongguan.audit.Proof.Unknown;
import tongguan.audit.witness.Note;
import tongguan.audit.witness.PublicKey;
import tongguan.audit.witness.Witness;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;

/** The verb {@code audit}: whether the log is whole, the proof for one entry, the public key. */
public final class AuditVerb {
  private static final int FOUND = 1;

  private final AuditFolder folder;
  private final Supplier<Database> database;
  private final PrintStream out;

  /**
   * @param database opened only where it is needed; closed here
   */
  public AuditVerb(AuditFolder folder, Supplier<Database> database, PrintStream out) {
    this.folder = folder;
    this.database = database;
    this.out = out;
  }

  /**
   * @param words {@code verify [--checkpoints DIR] [--key FILE]}, {@code prove ID} or {@code key}
   * @return 0, or 1 where the log is not whole
   */
  public int run(List<String> words) {
    String act = words.isEmpty() ? "" : words.getFirst();
    return switch (act) {
      case "verify" -> verify(words.subList(1, words.size()));
      case "prove" -> prove(words.subList(1, words.size()));
      case "key" -> key(words.subList(1, words.size()));
      default -> throw usage();
    };
  }

  private static StartFailure usage() {
    return StartFailure.usage("audit: verify, prove ID or key (see audit --help).");
  }

  private int verify(List<String> options) {
    Path checkpoints = folder.checkpoints();
    Path keys = folder.publicKeys();
    for (int i = 0; i < options.size(); i += 2) {
      if (i + 1 == options.size()) {
        throw usage();
      }
      switch (options.get(i)) {
        case "--checkpoints" -> checkpoints = folder(options.get(i + 1));
        case "--key" -> keys = Path.of(options.get(i + 1));
        default -> throw usage();
      }
    }
    List<Note> exported;
    try {
      exported = new Witness(checkpoints).all();
    } catch (Witness.Unreadable tampered) {
      out.println(tampered.getMessage());
      return FOUND;
    }
    List<PublicKey> known = keys(keys);
    try (Database opened = database.get()) {
      return say(
          opened.inTransaction(transaction -> Verification.of(transaction, exported, known)));
    }
  }

  private static Path folder(String text) {
    Path folder = Path.of(text);
    if (!Files.isDirectory(folder)) {
      throw StartFailure.environment("audit: there is no folder " + folder + ".");
    }
    return folder;
  }

  private static List<PublicKey> keys(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .map(PublicKey::parse)
              .flatMap(Optional::stream)
              .toList()
          : List.of();
    } catch (IOException e) {
      throw StartFailure.environment("audit: the keys in " + file + " cannot be read.");
    }
  }

  private int say(Verification.Report report) {
    out.printf(
        "%d entries in order, %d waiting for their place, %d checkpoints%n",
        report.entries(), report.waiting(), report.checkpoints());
    if (report.unknownKeys() > 0) {
      out.printf(
          "%d checkpoints are signed by a key that is not known here; only their roots were held against the log%n",
          report.unknownKeys());
    }
    report.findings().forEach(out::println);
    if (!report.findings().isEmpty()) {
      out.println("The log is NOT as it was written.");
      return FOUND;
    }
    out.println("root " + report.root());
    out.println("The log is whole.");
    return 0;
  }

  private int prove(List<String> words) {
    if (words.size() != 1) {
      throw usage();
    }
    UUID id = id(words.getFirst());
    try (Database opened = database.get()) {
      Proof proof = opened.query(connection -> Proof.of(connection, id, Optional.empty()));
      return switch (proof) {
        case Inclusion inclusion -> {
          out.println(
              Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(inclusion.json()));
          yield 0;
        }
        case Unknown _ -> throw StartFailure.environment("audit: there is no entry " + id + ".");
        case NotSealed _ ->
            throw StartFailure.environment(
                "audit: no checkpoint covers the entry yet; try again in a minute.");
      };
    }
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      throw StartFailure.usage("audit: \"" + OneLine.of(text, 80) + "\" is not an entry's id.");
    }
  }

  private int key(List<String> words) {
    List<PublicKey> keys = keys(folder.publicKeys());
    if (!words.isEmpty() || keys.isEmpty()) {
      throw words.isEmpty()
          ? StartFailure.environment(
              "audit: no key has signed in " + folder.folder() + " yet; start the platform first.")
          : usage();
    }
    keys.forEach(out::println);
    return 0;
  }
}
