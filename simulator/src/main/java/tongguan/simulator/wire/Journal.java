package tongguan.simulator.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.simulator.trade.Dice;

/**
 * The messages of one voyage after another on their way into files, in the order of their times.
 * Some go out twice and some a voyage late, as in life; nothing older than that is in memory. What
 * lies after {@code until} has not happened yet and is not written.
 */
public final class Journal {
  private static final double SENT_TWICE = 0.006;
  private static final double LATE = 0.01;

  private final LocalDateTime until;
  private final Files files;
  private final Index index;
  private final Register register;
  private List<Sending> voyage = new ArrayList<>();
  private List<Sending> late = new ArrayList<>();
  private long notices;

  public Journal(Path folder, LocalDateTime until) throws IOException {
    this(folder, Optional.empty(), until);
  }

  /**
   * @param declarations where to write what customs' systems hold of each declaration
   */
  public Journal(Path folder, Optional<Path> declarations, LocalDateTime until) throws IOException {
    this.until = until;
    this.files = new Files(folder);
    this.index = new Index();
    this.register = new Register(declarations);
  }

  /** Something that goes out at once: a notice or an interchange. */
  record Sending(
      LocalDateTime at,
      String name,
      boolean notice,
      byte[] bytes,
      Map<String, Integer> written,
      boolean sound) {}

  public boolean hasHappened(LocalDateTime at) {
    return !at.isAfter(until);
  }

  /** A notice to fill, with a reference of its own. */
  public Notice notice(String kind, String sender, LocalDateTime at) {
    return notice(kind, sender, at, "original");
  }

  public Notice notice(String kind, String sender, LocalDateTime at, String function) {
    notices++;
    return new Notice(kind, sender + '-' + (1_000_000_000 + notices), sender, at, function);
  }

  /** Sends a finished notice, if its time has come. */
  public void tell(Notice finished) {
    if (hasHappened(finished.at())) {
      add(finished.at(), finished.line(), Map.of(finished.kind(), 1), true);
    }
  }

  /**
   * Sends a line that must end in quarantine; {@code kind} and {@code reference} are empty where
   * none can be read.
   */
  public void tellBroken(
      LocalDateTime at, String kind, String reference, String line, String zh, String en) {
    if (hasHappened(at)) {
      add(at, line, Map.of(kind.isEmpty() ? "unreadable" : kind, 1), false);
      index.broken(kind, reference, zh, en);
    }
  }

  private void add(LocalDateTime at, String line, Map<String, Integer> written, boolean sound) {
    byte[] bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
    voyage.add(new Sending(at, "notices", true, bytes, written, sound));
  }

  /** Sends an interchange, if its time has come and there is anything in it. */
  public void send(Interchange interchange) {
    if (interchange.isEmpty() || !hasHappened(interchange.prepared())) {
      return;
    }
    boolean sound = interchange.faults().isEmpty();
    voyage.add(
        new Sending(
            interchange.prepared(),
            interchange.name(),
            false,
            interchange.close(),
            interchange.written(),
            sound));
    interchange
        .faults()
        .forEach(fault -> index.broken(fault.kind(), fault.reference(), fault.zh(), fault.en()));
  }

  /**
   * What customs has done with a declaration, if its time has come.
   *
   * @param system that of its way: sea or air
   */
  public void record(String system, String declaration, String step, LocalDateTime at) {
    if (hasHappened(at)) {
      register.step(system, declaration, step, at);
    }
  }

  /** How the goods of a declaration are examined: M or X. */
  public void recordMethod(String declaration, String method) {
    register.method(declaration, method);
  }

  /** Remembers the first key of each sort that the world brings about. */
  public void remember(String kind, String key, String zh, String en) {
    index.remember(kind, key, zh, en);
  }

  /** Writes what the voyage brought and what was late before; its own late ones wait. */
  public void closeVoyage(Dice dice) throws IOException {
    List<Sending> now = new ArrayList<>(voyage.size() + late.size());
    List<Sending> later = new ArrayList<>();
    List<Sending> again = new ArrayList<>();
    for (Sending sending : voyage) {
      if (sending.sound() && dice.chance(LATE)) {
        later.add(sending);
      } else {
        now.add(sending);
      }
      if (sending.sound() && dice.chance(SENT_TWICE)) {
        again.add(sending);
        index.repeated(sending.written());
      }
    }
    now.sort(Comparator.comparing(Sending::at));
    write(late);
    write(now);
    write(again);
    files.flush();
    register.closeVoyage();
    voyage = new ArrayList<>();
    late = later;
  }

  private void write(List<Sending> sendings) throws IOException {
    for (Sending sending : sendings) {
      files.write(sending);
      index.written(sending.written());
    }
  }

  /** Ends the world: {@code index.json} says what was written. */
  public void close(long seed, int containers) throws IOException {
    write(late);
    late = new ArrayList<>();
    files.flush();
    files.write("index.json", index.text(seed, containers, until, files.count()));
  }
}
