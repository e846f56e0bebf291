package tongguan.steward.report;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Whether the installed files are those that were built. Once they were not, only a start forgets
 * it.
 */
public final class Integrity {
  private static final Logger LOG = System.getLogger("steward.integrity");

  private final Optional<FileList> list;
  private volatile Optional<String> mismatch = Optional.empty();

  /** Without a list, as when run from the build's folder, there is nothing to be held against. */
  public Integrity(Optional<FileList> list) {
    this.list = list;
  }

  public void check() {
    Optional<String> found = list.flatMap(FileList::mismatch);
    if (found.isPresent() && mismatch.isEmpty()) {
      mismatch = found;
      LOG.log(Level.ERROR, "installed files do not fit their list: {0}", found.get());
    }
  }

  public Optional<String> mismatch() {
    return mismatch;
  }
}
