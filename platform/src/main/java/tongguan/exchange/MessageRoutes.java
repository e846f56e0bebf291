package tongguan.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;
import tongguan.exchange.MessageList.Filter;
import tongguan.exchange.MessageList.Listed;

/** What people see of messages: the list, one with its bytes and reason, the second try. */
final class MessageRoutes {
  private static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");
  private static final int LONGEST_SHOWN_BYTES = 64 * 1024;

  private final Exchange exchange;

  private final Audit audit;

  MessageRoutes(Exchange exchange, Audit audit) {
    this.exchange = exchange;
    this.audit = audit;
  }

  void list(Call call) {
    Filter filter =
        new Filter(
            clearance(call),
            call.query("outcome").map(MessageRoutes::outcome).orElse(null),
            call.query("kind").orElse(null),
            call.query("sender").orElse(null),
            moment(call, "from"),
            moment(call, "to"));
    int limit = limit(call);
    UUID after =
        call.query("after").map(cursor -> id(Cursor.parse(cursor, 1).getFirst())).orElse(null);
    List<Listed> rows =
        exchange.list(
            filter,
            after,
            limit,
            audit,
            Entry.done("query.messages", Officer.of(call).actor(), "", call.correlation()));
    boolean more = rows.size() > limit;
    List<Listed> shown = more ? rows.subList(0, limit) : rows;
    Map<String, @Nullable Object> page = new LinkedHashMap<>();
    page.put("items", shown.stream().map(row -> item(row, call.chinese())).toList());
    page.put("next", more ? Cursor.of(List.of(shown.getLast().id().toString())) : null);
    call.respondJson(200, page);
  }

  private static int clearance(Call call) {
    return Officer.of(call).sight(Permissions.MESSAGES_READ).clearance();
  }

  void show(Call call) {
    Exchange.Shown shown =
        exchange
            .show(id(call.pathParameter("id")), clearance(call))
            .orElseThrow(MessageRoutes::unknown);
    audit.write(
        Entry.done(
                "query.message",
                Officer.of(call).actor(),
                "message:" + shown.listed().id(),
                call.correlation())
            .found(1));
    Map<String, Object> item = item(shown.listed(), call.chinese());
    item.put("raw", text(shown.raw()));
    if (shown.context().length > 0) {
      item.put("context", text(shown.context()));
    }
    item.put("facts", shown.told());
    call.respondJson(200, item);
  }

  private static Map<String, Object> item(Listed listed, boolean chinese) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", listed.id());
    item.put("transmission", listed.transmission());
    item.put("position", listed.position());
    item.put("receivedAt", listed.receivedAt());
    item.put("sender", listed.sender());
    item.put("carriedBy", listed.carriedBy());
    item.put("notation", listed.notation().code());
    Reply.putIfThere(item, "kind", listed.kind());
    Reply.putIfThere(item, "reference", listed.reference());
    Reply.putIfThere(item, "eventTime", listed.eventTime());
    item.put("outcome", listed.outcome().code());
    Reply.putIfThere(item, "sameAs", listed.sameAs());
    Optional.ofNullable(listed.reason())
        .ifPresent(reason -> item.put("reason", Reply.reason(reason, chinese)));
    Reply.putWarnings(item, listed.warnings(), chinese);
    Reply.putIfThere(item, "appliedAt", listed.appliedAt());
    item.put("attempts", listed.attempts());
    item.put("bytes", listed.bytes());
    return item;
  }

  /** For eyes: bytes that are no text in UTF-8 show as marks; the whole stays in the database. */
  private static String text(byte[] bytes) {
    int length = Math.min(bytes.length, LONGEST_SHOWN_BYTES);
    String text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length)).toString();
    return bytes.length > length ? text + '…' : text;
  }

  private static String outcome(String word) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.code().equals(word)) {
        return word;
      }
    }
    throw parameter("outcome");
  }

  private static int limit(Call call) {
    String text = call.query("limit").orElse(String.valueOf(Limits.PAGE_DEFAULT));
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1) {
      throw parameter("limit");
    }
    return Math.min(Integer.parseInt(text), Limits.PAGE_LARGEST);
  }

  /** A day, from its first moment in Taipei, or a moment with an offset. */
  private static @Nullable Instant moment(Call call, String name) {
    String text = call.query(name).orElse(null);
    if (text == null) {
      return null;
    }
    try {
      Instant moment =
          text.length() == "2026-01-01".length()
              ? LocalDate.parse(text).atStartOfDay(TAIPEI).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      // Ids begin with the milliseconds since 1970 in 48 bits.
      if (moment.toEpochMilli() < 0 || moment.toEpochMilli() >= 1L << 47) {
        throw parameter(name);
      }
      return moment;
    } catch (DateTimeException | ArithmeticException notAMoment) {
      throw parameter(name);
    }
  }

  private static UUID id(String text) {
    try {
      if (text.length() == 36) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException notAnId) {
      // answered below
    }
    throw unknown();
  }

  private static Problem parameter(String name) {
    return Problem.badRequest("parameter", "查詢參數無效。", "A query parameter is not valid.")
        .with("parameter", name);
  }

  static Problem unknown() {
    return Problem.of(404, "unknown-message", "查無此訊息。", "There is no such message.");
  }
}
