package tongguan.simulator.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The system's state: a journal with one line for each order, written and forced to the disk before
 * anyone is told of it, and read again at the start. The key of an order is kept for good, so that
 * the same one sent again has one effect.
 */
final class Books implements AutoCloseable {
  private final Telling telling;
  private final double reject;
  private final long seed;
  private final Clock clock;
  private final FileChannel journal;
  private final Map<UUID, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Declared> declarations = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();

  /**
   * What became of an order.
   *
   * @param state {@code done} or {@code refused}
   */
  record Entry(
      UUID key,
      String declaration,
      String act,
      String officer,
      String state,
      String reference,
      String code,
      String text) {

    ObjectNode json() {
      ObjectNode json = Json.object();
      json.put("key", key.toString());
      json.put("declaration", declaration);
      json.put("act", act);
      json.put("officer", officer);
      json.put("state", state);
      json.put("reference", reference);
      json.put("code", code);
      json.put("text", text);
      return json;
    }

    static Entry of(JsonNode json) {
      return new Entry(
          UUID.fromString(json.path("key").asString("")),
          json.path("declaration").asString(""),
          json.path("act").asString(""),
          json.path("officer").asString(""),
          json.path("state").asString(""),
          json.path("reference").asString(""),
          json.path("code").asString(""),
          json.path("text").asString(""));
    }
  }

  /** A message to be fetched, by its number. */
  record Event(long number, String type, String text) {}

  private Books(Telling telling, double reject, long seed, Clock clock, FileChannel journal) {
    this.telling = telling;
    this.reject = reject;
    this.seed = seed;
    this.clock = clock;
    this.journal = journal;
  }

  /**
   * @param before declarations that it holds already
   */
  static Books open(
      Path file,
      Map<String, Declared> before,
      Telling telling,
      double reject,
      long seed,
      Clock clock)
      throws IOException {
    byte[] kept = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Books books = new Books(telling, reject, seed, clock, channel);
    books.declarations.putAll(before);
    channel.truncate(books.read(kept));
    channel.position(channel.size());
    return books;
  }

  /** Gives the length up to the last whole line; what a kill cut short had been told to nobody. */
  private long read(byte[] kept) {
    int start = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i] == '\n') {
        try {
          remember(Json.read(new String(kept, start, i - start, StandardCharsets.UTF_8)));
        } catch (JacksonException torn) {
          return start;
        }
        start = i + 1;
      }
    }
    return start;
  }

  private void remember(JsonNode line) {
    Entry entry = Entry.of(line);
    entries.put(entry.key(), entry);
    if (entry.state().equals("done")) {
      Rules.note(declared(entry.declaration()), entry.act());
    }
    for (JsonNode event : line.path("events")) {
      events.add(
          new Event(
              events.size() + 1L,
              event.path("type").asString(""),
              event.path("message").asString("")));
      Declared known = declared(entry.declaration());
      Rules.apply(known, event.path("step").asString(""));
      known.told(Instant.parse(event.path("at").asString("")));
      if (event.has("method")) {
        known.method = event.path("method").asString("M");
      }
    }
  }

  private Declared declared(String number) {
    return declarations.computeIfAbsent(number, _ -> new Declared());
  }

  /** Takes an order, or says what became of it when it came before. */
  synchronized Entry take(OrderIn order) throws IOException {
    Entry before = entries.get(order.key());
    if (before != null) {
      return before;
    }
    Declared known = declared(order.declaration());
    Optional<Rules.Refusal> refusal = chance(order).or(() -> Rules.objection(order, known));
    String reference = "R%d".formatted(entries.size() + 1);
    List<Happening> told =
        refusal.isPresent() ? List.of() : Rules.carryOut(order, known, reference, clock.instant());
    Entry entry =
        new Entry(
            order.key(),
            order.declaration(),
            order.act(),
            order.officer(),
            refusal.isPresent() ? "refused" : "done",
            refusal.isPresent() ? "" : reference,
            refusal.map(Rules.Refusal::code).orElse(""),
            refusal.map(Rules.Refusal::text).orElse(""));
    write(entry, told);
    return entry;
  }

  /** The same order is refused, or not, whenever it comes. */
  private Optional<Rules.Refusal> chance(OrderIn order) {
    long own = order.key().getMostSignificantBits() ^ order.key().getLeastSignificantBits();
    return new SplittableRandom(seed ^ own).nextDouble() < reject
        ? Optional.of(new Rules.Refusal("E99", "抽核不符 (refused by chance)"))
        : Optional.empty();
  }

  private void write(Entry entry, List<Happening> told) throws IOException {
    ObjectNode line = entry.json();
    ArrayNode list = line.putArray("events");
    List<Event> fresh = new ArrayList<>();
    for (Happening one : told) {
      long number = events.size() + fresh.size() + 1L;
      Telling.Message message = telling.message(one, number);
      fresh.add(new Event(number, message.type(), message.text()));
      ObjectNode event = list.addObject();
      event.put("step", one.step()).put("at", one.at().toString());
      event.put("type", message.type()).put("message", message.text());
      if (one.more().has("method")) {
        event.put("method", one.text("method"));
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      journal.write(bytes);
    }
    journal.force(false);
    entries.put(entry.key(), entry);
    events.addAll(fresh);
  }

  synchronized Optional<Entry> find(UUID key) {
    return Optional.ofNullable(entries.get(key));
  }

  synchronized List<Entry> entriesFrom(int index) {
    return entries.values().stream().skip(index).toList();
  }

  synchronized List<Event> eventsAfter(long number, int limit) {
    int from = (int) Math.clamp(number, 0, events.size());
    return List.copyOf(events.subList(from, Math.min(events.size(), from + limit)));
  }

  /** Every declaration that it holds. */
  synchronized List<String> declarations() {
    return List.copyOf(declarations.keySet());
  }

  synchronized Optional<ObjectNode> declaration(String number) {
    return Optional.ofNullable(declarations.get(number)).map(known -> known.json(number));
  }

  @Override
  public synchronized void close() throws IOException {
    journal.close();
  }
}
