package tongguan.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;

/**
 * Which entries are asked for, every parameter understood or refused.
 *
 * @param conditions SQL, each with as many place-holders as there are values for it
 * @param after the place of the last entry of the page before, as {@link Place} writes it; empty
 *     for the first page
 */
record AuditFilter(List<String> conditions, List<Object> values, List<String> after, int limit) {
  private static final ZoneId TAIWAN = ZoneId.of("Asia/Taipei");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final int LONGEST_VALUE = 200;
  private static final String LOOK_UP = "query";

  /** The parameters of a question, by name. */
  interface Asked {
    Optional<String> query(String name);
  }

  static AuditFilter of(Call call) {
    return of(call::query);
  }

  static AuditFilter of(Asked call) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    call.query("person")
        .ifPresent(person -> equal(conditions, values, isId(person) ? "account" : "name", person));
    for (String column : List.of("device", "unit", "record")) {
      call.query(column).ifPresent(value -> equal(conditions, values, column, value));
    }
    // Look-ups are most of the log, so that its own order is their index.
    call.query("act")
        .ifPresent(
            act -> equal(conditions, values, "act", act, act.equals(LOOK_UP) ? "" : LOOK_UP));
    call.query("outcome").ifPresent(outcome -> conditions.add(outcome(outcome)));
    call.query("from")
        .ifPresent(from -> {
          conditions.add(FROM);
          values.addAll(List.of(moment("from", from), moment("from", from)));
        });
    call.query("to")
        .ifPresent(to -> {
          conditions.add(TO);
          values.addAll(List.of(moment("to", to), moment("to", to)));
        });
    List<String> after = call.query("after").map(AuditFilter::place).orElse(List.of());
    return new AuditFilter(List.copyOf(conditions), List.copyOf(values), after, limit(call));
  }

  /** The same question about the acts of officers of some units only. */
  AuditFilter within(Optional<List<String>> units) {
    if (units.isEmpty()) {
      return this;
    }
    List<String> more = new ArrayList<>(conditions);
    more.add("e.unit = any(?) and e.unit <> ''");
    List<Object> moreValues = new ArrayList<>(values);
    moreValues.add(units.get());
    return new AuditFilter(more, moreValues, after, limit);
  }

  /** For lists whose place is one number. */
  static AuditFilter pageOf(Call call) {
    List<String> after =
        call.query("after").map(cursor -> Cursor.parse(cursor, 1)).orElse(List.of());
    if (!after.stream().allMatch(number -> NUMBER.matcher(number).matches())) {
      throw invalid("after");
    }
    return new AuditFilter(List.of(), List.of(), after, limit(call::query));
  }

  /** The same question from another place on. */
  AuditFilter startingAfter(List<String> place, int rows) {
    return new AuditFilter(conditions, values, place, rows);
  }

  // The second condition tells the planner that the partial index will do.
  private static void equal(
      List<String> conditions, List<Object> values, String column, String value) {
    equal(conditions, values, column, value, "");
  }

  private static void equal(
      List<String> conditions, List<Object> values, String column, String value, String never) {
    if (value.length() > LONGEST_VALUE) {
      throw invalid(column);
    }
    conditions.add("e." + column + " = ? and e." + column + " <> '" + never + "'");
    values.add(Line.plain(value));
  }

  private static String outcome(String word) {
    return switch (word) {
      case "done" -> "e.outcome = 'done'";
      case "refused" -> "e.outcome = 'refused'";
      default -> throw invalid("outcome");
    };
  }

  /**
   * The order of the log is that of time but for what was at work at the same moment and for clocks
   * that jump. The checkpoints know which place was reached when; an hour on either side is more
   * than both, so that the index of the order is read from about the right place.
   */
  private static final String FROM =
      """
      e.at >= ?::timestamptz and e.xid >= coalesce((
        select c.xid from audit.chain c where c.seq = (
          select p.size - 1 from audit.checkpoint p where p.at < ?::timestamptz - interval '1 hour'
          order by p.at desc limit 1)), '0')
      """;

  private static final String TO =
      """
      e.at < ?::timestamptz and e.xid <= coalesce((
        select c.xid from audit.chain c where c.seq = (
          select p.size - 1 from audit.checkpoint p where p.at > ?::timestamptz + interval '1 hour'
          order by p.at limit 1)), '18446744073709551615')
      """;

  private static String moment(String name, String text) {
    try {
      Instant moment =
          text.length() == "2026-11-20".length()
              ? LocalDate.parse(text).atStartOfDay(TAIWAN).toInstant()
              : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      if (moment.getEpochSecond() < 0 || moment.getEpochSecond() > 1L << 37) {
        throw invalid(name);
      }
      return moment.toString();
    } catch (DateTimeException notAMoment) {
      throw invalid(name);
    }
  }

  private static boolean isId(String text) {
    return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  }

  private static List<String> place(String cursor) {
    List<String> place = Cursor.parse(cursor, 2);
    if (!NUMBER.matcher(place.getFirst()).matches() || !isId(place.getLast())) {
      throw invalid("after");
    }
    return place;
  }

  /** The values that continue a page, in the types of the statement. */
  List<Object> place() {
    return after.isEmpty()
        ? List.of()
        : List.of(after.getFirst(), UUID.fromString(after.getLast()));
  }

  private static int limit(Asked call) {
    String text = call.query("limit").orElse(String.valueOf(Limits.PAGE_DEFAULT));
    if (text.matches("[0-9]{1,6}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= Limits.PAGE_LARGEST) {
      return Integer.parseInt(text);
    }
    throw invalid("limit");
  }

  static Problem invalid(String name) {
    return Problem.badRequest("parameter", "查詢參數無效。", "A query parameter is not valid.")
        .with("parameter", name);
  }
}
