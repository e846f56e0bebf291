package tongguan.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongguan.audit.ChainStore.Link;
import tongguan.audit.Finding.Kind;
import tongguan.audit.tree.Growth;
import tongguan.audit.tree.Nodes;
import tongguan.audit.tree.Sha256;
import tongguan.audit.witness.Note;
import tongguan.audit.witness.PublicKey;

/**
 * Recomputes the whole log: each leaf from its entry, each link of the chain, the tree, and its
 * root at each checkpoint. Stops at the first place that is not as it was written, and says what
 * was done there as far as what is left can tell.
 */
final class Verification {
  /**
   * What came of it.
   *
   * @param entries in order and verified
   * @param waiting entries that have no place in the order yet
   * @param unknownKeys checkpoints signed by a key that was not given; their roots are held against
   *     the log all the same
   */
  record Report(
      long entries,
      long waiting,
      long checkpoints,
      long unknownKeys,
      String root,
      List<Finding> findings) {}

  private final LogWalk walk;
  private final Leaf leaf = new Leaf();
  private final Sha256 sha = new Sha256();
  private final Growth growth = new Growth(0, (level, from, count) -> List.of());
  private final List<Finding> findings = new ArrayList<>();
  private final Deque<Note> notes = new ArrayDeque<>();
  private byte[] before = new byte[Sha256.BYTES];
  private byte[] beforeThat = before;
  private String lastEntry = "";
  private long sealed;
  private long checkpoints;
  private long unknownKeys;

  private Verification(LogWalk walk) {
    this.walk = walk;
  }

  /**
   * @param transaction fresh: its isolation is set here
   * @param exported the checkpoints of the witness
   */
  static Report of(Connection transaction, List<Note> exported, List<PublicKey> keys)
      throws SQLException {
    try (LogWalk walk = new LogWalk(transaction)) {
      Verification verification = new Verification(walk);
      verification.gather(exported, keys);
      return verification.run();
    }
  }

  /** All checkpoints by size; one that nobody signed is a finding by itself. */
  private void gather(List<Note> exported, List<PublicKey> keys) throws SQLException {
    List<Note> stored = new ArrayList<>();
    for (String text : walk.notes()) {
      Optional<Note> note = Note.parse(text);
      note.ifPresentOrElse(
          stored::add,
          () ->
              findings.add(
                  new Finding(Kind.FORGED, 0, "", "audit.checkpoint", "a note cannot be read")));
    }
    Stream.concat(exported.stream(), stored.stream())
        .distinct()
        .sorted(Comparator.comparingLong(Note::size))
        .forEach(note -> gather(note, keys));
  }

  private void gather(Note note, List<PublicKey> keys) {
    checkpoints++;
    List<PublicKey> named = keys.stream().filter(key -> key.id().equals(note.keyId())).toList();
    if (named.isEmpty()) {
      unknownKeys++;
    } else if (named.stream().noneMatch(note::isBy)) {
      findings.add(
          new Finding(
              Kind.FORGED,
              note.size(),
              "",
              "audit.checkpoint",
              "the signature of the checkpoint over " + note.size() + " entries is not the key's"));
      return;
    }
    notes.add(note);
  }

  private Report run() throws SQLException {
    Logged entry = walk.nextEntry();
    Link link = walk.nextLink();
    Optional<Finding> first = atCheckpoint();
    while (link != null && first.isEmpty()) {
      first = place(link, entry);
      if (first.isEmpty()) {
        first = atCheckpoint();
        entry = walk.nextEntry();
        link = walk.nextLink();
      }
    }
    if (first.isEmpty() && !notes.isEmpty()) {
      first = Optional.of(truncated(notes.getLast(), entry));
    }
    long waiting = 0;
    while (first.isEmpty() && entry != null) {
      waiting++;
      entry = walk.nextEntry();
    }
    first.ifPresent(findings::addFirst);
    return new Report(
        growth.size(),
        waiting,
        checkpoints,
        unknownKeys,
        Note.Root.of(growth.root()).base64(),
        List.copyOf(findings));
  }

  /** One place of the order: its link and the entry that should be there. */
  private Optional<Finding> place(Link link, @Nullable Logged entry) throws SQLException {
    long place = growth.size();
    Finding wrong =
        entry == null || !entry.id().equals(link.entry())
            ? misplaced(place, link, entry)
            : wrong(place, link, entry);
    if (wrong != null) {
      return Optional.of(wrong);
    }
    beforeThat = before;
    before = link.chain();
    lastEntry = link.entry().toString();
    return grown(growth.add(link.leaf()));
  }

  private @Nullable Finding wrong(long place, Link link, Logged entry) throws SQLException {
    if (link.seq() != place) {
      return new Finding(
          Kind.DELETED, place, "", "audit.chain", "the entry and its place in the order are gone");
    }
    byte[] hash = leaf.hash(entry);
    if (!Arrays.equals(hash, link.leaf())) {
      boolean chainKnows = Arrays.equals(sha.link(before, hash), link.chain());
      return new Finding(
          Kind.CHANGED,
          place,
          entry.id().toString(),
          chainKnows ? "audit.chain" : "audit.entry",
          chainKnows
              ? "the stored leaf is not that of the entry"
              : "the entry is not what was hashed");
    }
    if (!Arrays.equals(sha.link(before, hash), link.chain())) {
      return broken(place, link, hash);
    }
    return link.xid() == entry.xid()
        ? null
        : new Finding(
            Kind.CHANGED, place, entry.id().toString(), "audit.chain", "the transaction's number");
  }

  /**
   * The entry is whole and the chain does not fit: somebody renumbered. Which neighbour it still
   * fits tells what was done.
   */
  private Finding broken(long place, Link link, byte[] hash) throws SQLException {
    if (place > 0 && Arrays.equals(sha.link(beforeThat, hash), link.chain())) {
      return new Finding(
          Kind.INSERTED, place - 1, lastEntry, "audit.chain", "the chain goes on past this entry");
    }
    Optional<Link> next = walk.linkAt(place + 1);
    boolean goesOn =
        next.isPresent()
            && Arrays.equals(sha.link(link.chain(), next.get().leaf()), next.get().chain());
    return goesOn || next.isEmpty()
        ? new Finding(
            Kind.DELETED,
            place,
            "",
            "audit.chain",
            "what stood before " + link.entry() + " is gone")
        : new Finding(
            Kind.CHANGED, place, link.entry().toString(), "audit.chain", "the stored link");
  }

  /** Another entry is here than the chain says. */
  private Finding misplaced(long place, Link link, @Nullable Logged entry) throws SQLException {
    Optional<Logged> linked = walk.entry(link.entry());
    Optional<Link> ofEntry = entry == null ? Optional.empty() : walk.linkOf(entry.id());
    if (link.seq() != place) {
      return ofEntry.isEmpty()
          ? new Finding(
              Kind.DELETED,
              place,
              entry == null ? "" : entry.id().toString(),
              "audit.chain",
              "its place in the order is gone")
          : reordered(place, link);
    }
    if (linked.isEmpty()) {
      return new Finding(
          entry == null ? Kind.TRUNCATED : Kind.DELETED,
          place,
          link.entry().toString(),
          "audit.entry",
          entry == null ? "this entry and all after it are gone" : "the entry is gone");
    }
    if (!Arrays.equals(leaf.hash(linked.get()), link.leaf())) {
      return changedOrder(place, link.entry().toString());
    }
    if (entry == null) {
      return reordered(place, link);
    }
    if (ofEntry.isEmpty()) {
      return new Finding(
          Kind.INSERTED,
          place,
          entry.id().toString(),
          "audit.entry",
          "it stands among entries that were in order without it");
    }
    return Arrays.equals(leaf.hash(entry), ofEntry.get().leaf())
        ? reordered(place, link)
        : changedOrder(ofEntry.get().seq(), entry.id().toString());
  }

  private static Finding changedOrder(long place, String entry) {
    return new Finding(
        Kind.CHANGED, place, entry, "audit.entry", "the entry is not what was hashed");
  }

  private static Finding reordered(long place, Link link) {
    return new Finding(
        Kind.REORDERED,
        place,
        link.entry().toString(),
        "audit.chain",
        "this entry was written elsewhere in the order");
  }

  private Optional<Finding> grown(List<Growth.Full> finished) throws SQLException {
    for (Growth.Full full : finished) {
      Optional<byte[]> stored = walk.subtree(full.level(), full.index());
      if (stored.isEmpty() || !Arrays.equals(stored.get(), full.hash())) {
        return Optional.of(
            new Finding(
                stored.isEmpty() ? Kind.DELETED : Kind.CHANGED,
                full.index() << (Nodes.HEIGHTS * full.level()),
                "",
                "audit.subtree",
                "the stored root of level %d, number %d".formatted(full.level(), full.index())));
      }
    }
    return Optional.empty();
  }

  /** The root at this size, held against the checkpoints over it. */
  private Optional<Finding> atCheckpoint() {
    Finding forked = null;
    while (forked == null && !notes.isEmpty() && notes.getFirst().size() <= growth.size()) {
      Note note = notes.removeFirst();
      if (note.root().equals(Note.Root.of(growth.root()))) {
        sealed = note.size();
      } else {
        forked =
            new Finding(
                Kind.FORKED,
                sealed,
                "",
                "audit.chain",
                "the entries from place %d to %d are others than those that were signed at %s"
                    .formatted(sealed, note.size() - 1, note.at()));
      }
    }
    return Optional.ofNullable(forked);
  }

  private Finding truncated(Note note, @Nullable Logged entry) {
    return new Finding(
        Kind.TRUNCATED,
        growth.size(),
        entry == null ? "" : entry.id().toString(),
        "audit.chain",
        "the log ends here and had %d entries at %s".formatted(note.size(), note.at()));
  }
}
