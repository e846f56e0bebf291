package tongguan.steward.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tongguan.steward.base.DurableFile;

/**
 * Takes everything from the device that is not its own: the store's key first, from then on its
 * content is noise; then the content; then the folders that the site names, such as a browser's
 * profile. The device's key goes last, when the platform has taken the signed word that the rest is
 * gone. A power cut at any place is taken up by the next {@link #resume}.
 *
 * <p>Not safe for several threads.
 */
public final class Wipe {
  private final WipeJournal journal;
  private final Vault vault;
  private final List<Path> folders;
  private final List<DurableFile> last;
  private final Points points;

  /** Told after each step; what it throws ends the wipe there, as a power cut would. */
  @FunctionalInterface
  public interface Points {
    void passed(String step);
  }

  /** {@code folders} are emptied and removed; {@code last} are what the report still needs. */
  public Wipe(Path state, Vault vault, List<Path> folders, List<DurableFile> last, Points points) {
    this.journal = new WipeJournal(state);
    this.vault = vault;
    this.folders = List.copyOf(folders);
    this.last = List.copyOf(last);
    this.points = points;
  }

  /** From now on the wipe will be done, whatever happens to the power. */
  public void begin(long number) throws IOException {
    journal.write(WipeJournal.Phase.DESTROY, number);
    points.passed("begun");
  }

  /**
   * Goes on where the journal says. Throws when the disk refuses; then it is to be called again.
   */
  public void resume() throws IOException {
    Optional<WipeJournal.Entry> entry = journal.read();
    if (entry.isPresent() && entry.get().phase() == WipeJournal.Phase.DESTROY) {
      destroy();
      journal.write(WipeJournal.Phase.REPORT, entry.get().number());
      points.passed("to report");
    }
    if (entry.isPresent() && entry.get().phase() == WipeJournal.Phase.FORGET) {
      forget();
    }
  }

  private void destroy() throws IOException {
    vault.destroyKey();
    points.passed("key destroyed");
    delete(vault.folder());
    for (Path folder : folders) {
      delete(folder);
    }
  }

  /** The platform has taken the answer: nothing is left to be said. */
  public void reported() throws IOException {
    Optional<WipeJournal.Entry> entry = journal.read();
    journal.write(WipeJournal.Phase.FORGET, entry.map(WipeJournal.Entry::number).orElse(0L));
    points.passed("reported");
    forget();
  }

  private void forget() throws IOException {
    for (DurableFile file : last) {
      if (!file.exists()) {
        continue;
      }
      file.destroy();
      points.passed("destroyed " + file.path().getFileName());
    }
    journal.write(WipeJournal.Phase.OVER, 0);
    points.passed("over");
  }

  /** Begun, and not yet undone by a new enrolment: nothing is unlocked and nothing is carried. */
  public boolean isBegun() {
    return phase().isPresent();
  }

  /** The number of the wipe that waits to be reported; none before it is done or after it was. */
  public OptionalLong toReport() throws IOException {
    Optional<WipeJournal.Entry> entry = journal.read();
    return entry.isPresent()
            && entry.get().phase() == WipeJournal.Phase.REPORT
            && entry.get().number() > 0
        ? OptionalLong.of(entry.get().number())
        : OptionalLong.empty();
  }

  /** Everything is gone, the device's key included. */
  public boolean isOver() {
    return phase().filter(WipeJournal.Phase.OVER::equals).isPresent();
  }

  /** A device that was wiped by the rule of days has destroyed everything, and is now told to. */
  public void alsoCommanded(long number) throws IOException {
    Optional<WipeJournal.Entry> entry = journal.read();
    if (entry.isPresent() && entry.get().number() == 0) {
      journal.write(entry.get().phase(), number);
    }
  }

  /** A new enrolment begins a new life. */
  public void undone() throws IOException {
    journal.delete();
  }

  /** A journal that is there and cannot be read is a wipe. */
  private Optional<WipeJournal.Phase> phase() {
    try {
      return journal.read().map(WipeJournal.Entry::phase);
    } catch (IOException unreadable) {
      return Optional.of(WipeJournal.Phase.DESTROY);
    }
  }

  /** Files before their folders; links are removed and never followed. */
  private void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(folder);
      return;
    }
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException goneMeanwhile) {
      return;
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
      points.passed("deleted " + path.getFileName());
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      DurableFile.syncFolder(parent);
    }
  }
}
