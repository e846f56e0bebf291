package tongguan.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.base.Problem;
import tongguan.exchange.DropReport.Drop;
import tongguan.exchange.Senders.Trust;
import tongguan.exchange.sending.MessageFile;

/**
 * Takes messages from files: {@code inbox/<sender>/name.edi}, put there by whoever may write in
 * that folder, which is the sender's credential here. A file is taken when it has not changed
 * between two looks; names that begin with a dot or end in {@code .tmp} or {@code .part} are
 * somebody's unfinished ones. When its messages are stored the file moves to {@code done}, or, when
 * not all of them are in the record, to {@code rejected} with the reasons beside it. A file that
 * was taken and not moved, because the process died, is taken again; its messages are known then.
 */
final class DropFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DropFolder.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
  private static final long LOOK_MILLIS = 500;
  private static final int LONGEST_NAME = 100;

  private final Path inbox;
  private final Exchange exchange;
  private final Clock clock;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread watcher = Thread.ofVirtual().name("drop-folder").unstarted(this::watch);
  private Map<Path, Look> before = new HashMap<>();

  /** How a file looked; the same twice means that nobody writes it any more. */
  private record Look(long size, long modified) {}

  DropFolder(Path data, Exchange exchange, Clock clock) {
    this.inbox = data.resolve("inbox");
    this.exchange = exchange;
    this.clock = clock;
  }

  void start() {
    try {
      Files.createDirectories(inbox);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    watcher.start();
  }

  private void watch() {
    try {
      do {
        try {
          look();
        } catch (IOException | UncheckedIOException | Problem notNow) {
          LOG.atWarn().setCause(notNow).log("the drop folder has to wait");
        }
      } while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws IOException {
    Map<Path, Look> now = new HashMap<>();
    for (Path folder : listed(inbox)) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        for (Path file : listed(folder)) {
          seen(file).ifPresent(look -> now.put(file, look));
        }
      }
    }
    List<Path> settled =
        now.entrySet().stream()
            .filter(entry -> entry.getValue().equals(before.get(entry.getKey())))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    before = now;
    for (Path file : settled) {
      if (stop.getCount() == 0) {
        return;
      }
      take(file);
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static Optional<Look> seen(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part")) {
      return Optional.empty();
    }
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          ? Optional.of(new Look(attributes.size(), attributes.lastModifiedTime().toMillis()))
          : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private void take(Path file) throws IOException {
    String sender = file.getName(file.getNameCount() - 2).toString();
    Optional<Trust> trust =
        exchange.senders().trustIn(sender).filter(known -> known.carrier().enabled());
    Optional<MessageFile> messages = MessageFile.of(file);
    DropReport report = new DropReport();
    if (trust.isEmpty()) {
      report.refuse(Drop.NO_SUCH_SENDER, sender);
    } else if (messages.isEmpty()) {
      report.refuse(Drop.UNKNOWN_NAME, ".edi .edifact .txt .json .ndjson .jsonl (.gz)");
    } else {
      send(trust.get(), messages.get(), report);
    }
    move(file, report);
  }

  private void send(Trust trust, MessageFile messages, DropReport report) {
    try {
      messages.parts(body -> {
        report.add(
            exchange.receive(
                trust, new Exchange.Handed(messages.mediaType(), null, true, () -> body)));
        return true;
      });
    } catch (Problem problem) {
      // What is not the file's fault passes; the file stays and is taken again.
      if (problem.status() >= 500) {
        throw problem;
      }
      report.refuse(problem);
    } catch (IOException unreadable) {
      report.refuse(Drop.UNREADABLE, String.valueOf(unreadable.getMessage()));
    }
  }

  private void move(Path file, DropReport report) throws IOException {
    Path folder =
        Files.createDirectories(file.resolveSibling(report.isClean() ? "done" : "rejected"));
    // The name is ours: sorted by time, unique, and without what a shell or a page could take.
    String name = STAMP.format(clock.instant()) + '-' + plain(file.getFileName().toString());
    Path target = free(folder, name);
    if (!report.isClean()) {
      Files.writeString(folder.resolve(target.getFileName() + ".reason.txt"), report.text());
    }
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException taken) {
      // Another node on the same folder was faster.
      LOG.atInfo().log("a dropped file was moved already");
    }
    LOG.atInfo().addKeyValue("clean", report.isClean()).log("took a dropped file");
  }

  private static Path free(Path folder, String name) {
    Path target = folder.resolve(name);
    for (int i = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS); i++) {
      target = folder.resolve(i + "-" + name);
    }
    return target;
  }

  private static String plain(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    return plain.length() > LONGEST_NAME ? plain.substring(plain.length() - LONGEST_NAME) : plain;
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      watcher.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
