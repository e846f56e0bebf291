package tongguan.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.exchange.MessageList.Filter;
import tongguan.exchange.MessageList.Listed;
import tongguan.exchange.MessageList.Stored;
import tongguan.exchange.Senders.Trust;
import tongguan.exchange.TransmissionStore.Asked;
import tongguan.exchange.json.JsonMessages;
import tongguan.exchange.json.Schemas;
import tongguan.exchange.message.Rejection;
import tongguan.exchange.message.RejectionText;
import tongguan.record.Record;

/** Inbound messages: what senders hand in, what became of it, and the second try of a message. */
public final class Exchange implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final int WAIT_SECONDS = 5;

  private final Database database;
  private final Ids ids;
  private final Schemas schemas = new Schemas();
  private final Senders senders;
  private final Cutting cutting;
  private final Applying applying;
  private final Intake intake;

  private final Backlog backlog;
  private final Clock clock;
  private final MeterRegistry registry;
  private @Nullable DropFolder dropFolder;

  /** Each transmission at work holds its body in memory, so there are few at a time. */
  private final Semaphore desks = new Semaphore(Limits.TRANSMISSIONS_AT_WORK, true);

  public Exchange(Database database, Ids ids, Clock clock, Record record, MeterRegistry registry) {
    this.registry = registry;
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.senders = new Senders(database);
    this.cutting = new Cutting(new JsonMessages(schemas), clock);
    this.applying = new Applying(database, record);
    this.intake = new Intake(database, ids, applying);
    this.backlog = new Backlog(database, senders, cutting, applying);
  }

  /** From here on, what was stored and not applied is taken up. */
  public void start() {
    backlog.start();
  }

  /**
   * Opens what belongs to a data folder: the credential for imports on this machine, and the folder
   * that messages may be dropped into.
   */
  public void open(Path data) {
    new LocalSender(senders, data).ensure();
    DropFolder folder = new DropFolder(data, this, clock);
    folder.start();
    dropFolder = folder;
  }

  @Override
  public void close() {
    if (dropFolder != null) {
      dropFolder.close();
    }
    backlog.close();
  }

  public Senders senders() {
    return senders;
  }

  Schemas schemas() {
    return schemas;
  }

  /**
   * One transmission as a sender hands it in.
   *
   * @param key the sender's idempotency key
   * @param body fetched once there is room for it
   */
  record Handed(String mediaType, @Nullable String key, boolean chinese, Supplier<byte[]> body) {}

  /**
   * Stores and applies. Gives the reply as JSON text, the same text for the same key.
   *
   * @throws Problem when not a single message could be stored
   */
  String receive(Trust trust, Handed handed) {
    if (!seated()) {
      throw Problem.unavailable(
          "overloaded",
          WAIT_SECONDS,
          "系統忙碌，請稍後再試。",
          "The platform is busy; try again in a moment.");
    }
    try {
      return receiveBody(trust, handed, handed.body().get());
    } finally {
      desks.release();
    }
  }

  /**
   * Stores and applies what the platform itself fetched from a system, in that one's name. When it
   * returns every message is stored; what could not even be cut into messages is kept as it came.
   *
   * @throws Problem when it could not be stored: to be brought again
   */
  public void bring(Senders.Own sender, String mediaType, byte[] body) {
    Trust trust =
        senders
            .trustIn(sender.id())
            .filter(known -> known.carrier().enabled())
            .orElseThrow(() ->
                Problem.unavailable(
                    "sender-disabled",
                    60,
                    "此通關系統的訊息已停收。",
                    "Messages of this core system are shut off."));
    try {
      String _ = receive(trust, new Handed(mediaType, null, false, () -> body));
    } catch (Problem refused) {
      if (refused.status() != 400) {
        throw refused;
      }
      LOG.atError()
          .addKeyValue("sender", sender.id())
          .addKeyValue("transmission", refused.members().get("transmission"))
          .log("what a core system told is no message; it is kept as it came");
    }
  }

  private boolean seated() {
    try {
      return desks.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String receiveBody(Trust trust, Handed handed, byte[] body) {
    UUID transmission = ids.next();
    Cut cut = cutting.cut(handed.mediaType(), body);
    if (cut.arrivals().size() > Limits.TRANSMISSION_MESSAGES) {
      throw tooMany(cut.arrivals().size());
    }
    Optional<Asked> asked =
        database.inTransaction(transaction ->
            begin(new TransmissionStore(transaction), trust, handed, body, transmission, cut));
    Optional<String> answered = asked.flatMap(before -> repeated(before, handed.mediaType(), body));
    if (answered.isPresent()) {
      return answered.get();
    }
    if (cut.arrivals().isEmpty()) {
      throw refused(transmission, cut.refusal(), handed.chinese());
    }
    return process(trust, handed, transmission, cut);
  }

  /**
   * Notes the transmission, under its key where it has one. Gives what was asked under that key
   * before.
   */
  private static Optional<Asked> begin(
      TransmissionStore store, Trust trust, Handed handed, byte[] body, UUID transmission, Cut cut)
      throws SQLException {
    String sender = trust.carrier().id();
    String key = handed.key();
    Optional<Asked> asked = Optional.empty();
    if (key != null && !cut.arrivals().isEmpty()) {
      asked = store.take(sender, key, fingerprint(handed.mediaType(), body), transmission);
      if (asked.isPresent() && asked.get().isSettledFor(fingerprint(handed.mediaType(), body))) {
        return asked;
      }
    }
    if (cut.arrivals().isEmpty()) {
      store.refuse(transmission, sender, handed.mediaType(), body, cut.refusal());
    } else {
      store.begin(transmission, sender, handed.mediaType(), body.length, cut.arrivals().size());
    }
    return asked;
  }

  /**
   * The stored reply. Where there is none the first request died or is still at work: the messages
   * are gone through again, which does no harm.
   */
  private static Optional<String> repeated(Asked asked, String mediaType, byte[] body) {
    if (!MessageDigest.isEqual(asked.fingerprint(), fingerprint(mediaType, body))) {
      throw Problem.of(
          422,
          "idempotency-key",
          "此 Idempotency-Key 已用於不同的內容。",
          "This Idempotency-Key was used for another content.");
    }
    return Optional.ofNullable(asked.reply());
  }

  private static byte[] fingerprint(String mediaType, byte[] body) {
    byte[] type = (mediaType + '\n').getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[type.length + body.length];
    System.arraycopy(type, 0, whole, 0, type.length);
    System.arraycopy(body, 0, whole, type.length, body.length);
    return Credential.sha256(whole);
  }

  private String process(Trust trust, Handed handed, UUID transmission, Cut cut) {
    List<Verdict> verdicts = intake.take(trust, transmission, cut.arrivals());
    count(verdicts);
    List<String> control =
        cut.acknowledgement()
            .of(verdicts.stream().map(v -> Optional.ofNullable(v.reason())).toList());
    String reply =
        Json.text(Reply.of(transmission, cut.arrivals(), verdicts, control, handed.chinese()));
    database.inTransaction(transaction -> {
      TransmissionStore store = new TransmissionStore(transaction);
      store.end(
          transmission,
          Reply.count(verdicts, Outcome.APPLIED),
          Reply.count(verdicts, Outcome.KNOWN),
          Reply.count(verdicts, Outcome.QUARANTINED));
      if (handed.key() != null) {
        store.answer(trust.carrier().id(), handed.key(), reply);
      }
      return reply;
    });
    return reply;
  }

  private void count(List<Verdict> verdicts) {
    for (Outcome outcome : Outcome.values()) {
      registry
          .counter("exchange_messages", "outcome", outcome.code())
          .increment(Reply.count(verdicts, outcome));
    }
  }

  private static Problem refused(UUID transmission, Rejection reason, boolean chinese) {
    return Problem.badRequest(
            reason.code(), RejectionText.of(reason, true), RejectionText.of(reason, false))
        .with("transmission", transmission)
        .with("reason", Reply.reason(reason, chinese));
  }

  private static Problem tooMany(int messages) {
    return Problem.of(
            413,
            "too-many-messages",
            "一次傳送的訊息過多，請分次傳送。",
            "There are too many messages in one transmission; send it in parts.")
        .with("messages", messages)
        .with("limit", Limits.TRANSMISSION_MESSAGES);
  }

  /** A page of messages, and the entry of who looked at it, in one transaction. */
  List<Listed> list(Filter filter, @Nullable UUID after, int limit, Audit audit, Entry entry) {
    return audit.recorded(
        entry,
        database,
        connection -> new MessageList(connection).page(filter, after, limit + 1),
        found -> Math.min(found.size(), limit));
  }

  /** A message with its bytes and what it told. */
  record Shown(Listed listed, byte[] context, byte[] raw, List<MessageList.Told> told) {}

  Optional<Shown> show(UUID id, int clearance) {
    return database.query(connection -> {
      MessageList messages = new MessageList(connection);
      Optional<Listed> listed = messages.one(id, clearance);
      if (listed.isEmpty()) {
        return Optional.empty();
      }
      UUID original = Optional.ofNullable(listed.get().sameAs()).orElse(id);
      Stored stored = messages.stored(List.of(original)).getFirst();
      return Optional.of(
          new Shown(listed.get(), stored.context(), stored.raw(), messages.told(original)));
    });
  }

  /** A message as it is listed, for the operation that replays it. */
  Optional<Listed> listed(Connection connection, UUID id, int clearance) throws SQLException {
    return new MessageList(connection).one(id, clearance);
  }

  /** Reads and applies a message anew; one that was applied already stays as it is. */
  Map<String, Object> replay(Connection transaction, Listed message, boolean chinese)
      throws SQLException {
    UUID original = Optional.ofNullable(message.sameAs()).orElse(message.id());
    Stored stored = new MessageList(transaction).stored(List.of(original)).getFirst();
    Piece piece = cutting.again(stored);
    Trust trust =
        senders
            .trustIn(transaction, stored.carriedBy())
            .orElseThrow(() ->
                Problem.of(
                    409,
                    "sender-gone",
                    "原發送系統已不存在。",
                    "The system that sent it is no longer registered."));
    boolean done = message.outcome() == Outcome.APPLIED || message.outcome() == Outcome.KNOWN;
    Verdict verdict =
        done ? Verdict.of(original, Outcome.KNOWN) : applying.apply(transaction, trust, piece);
    return Reply.of(
        message.transmission(), List.of(piece.arrival()), List.of(verdict), List.of(), chinese);
  }
}
