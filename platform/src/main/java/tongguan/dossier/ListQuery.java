package tongguan.dossier;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Cursor;
import tongguan.record.key.Typed;

/**
 * One page of a list as it was asked for, with every parameter understood or refused.
 *
 * @param sight what its reader may see
 * @param asked the filters as a query string, in one order, for comparing and for the audit
 * @param values what to bind for each condition, in the conditions' order
 * @param after time and key of the row before the page; empty for the first one
 */
record ListQuery(
    Sight sight,
    String asked,
    List<String> conditions,
    List<Object> values,
    List<String> after,
    int limit) {
  private static final ZoneId TAIWAN = ZoneId.of("Asia/Taipei");
  private static final int LONGEST_VALUE = 80;

  static ListQuery of(Call call, Listing listing) {
    ListQuery whole = of(call::query, listing, Officer.of(call).sight(Permissions.RECORD_READ));
    List<String> after = call.query("after").map(text -> Cursor.parse(text, 2)).orElse(List.of());
    if (!after.isEmpty()) {
      moment("after", after.getFirst());
    }
    return whole.startingAfter(after, limit(call));
  }

  /** All of the list that fits the filters. */
  static ListQuery of(Function<String, Optional<String>> given, Listing listing, Sight sight) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    Map<String, Listing.Filter> filters = new TreeMap<>(listing.filters());
    filters.forEach((name, filter) ->
        given
            .apply(name)
            .ifPresent(text -> {
              conditions.add(filter.condition());
              values.add(value(name, filter, text));
            }));
    return new ListQuery(
        sight, asked(given, listing), conditions, values, List.of(), Limits.PAGE_LARGEST);
  }

  /** The filters that are given, in the order of their names. */
  static String asked(Function<String, Optional<String>> given, Listing listing) {
    return listing.filters().keySet().stream()
        .sorted()
        .flatMap(name ->
            given.apply(name).stream()
                .map(text -> name + '=' + URLEncoder.encode(text, StandardCharsets.UTF_8)))
        .collect(Collectors.joining("&"));
  }

  /** The same question by a reader who may see less. */
  ListQuery seenBy(Sight other) {
    return new ListQuery(other, asked, conditions, values, after, limit);
  }

  /** The same question from another place on. */
  ListQuery startingAfter(List<String> place, int rows) {
    return new ListQuery(sight, asked, conditions, values, place, rows);
  }

  private static int limit(Call call) {
    String text = call.query("limit").orElse(String.valueOf(Limits.PAGE_DEFAULT));
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= Limits.PAGE_LARGEST) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // answered below like a number out of range
    }
    throw invalid("limit", "1 … " + Limits.PAGE_LARGEST);
  }

  private static Object value(String name, Listing.Filter filter, String text) {
    if (text.length() > LONGEST_VALUE || text.indexOf('\0') >= 0) {
      throw invalid(name, "at most " + LONGEST_VALUE + " characters");
    }
    return switch (filter.kind()) {
      case TEXT -> text;
      case NUMBER -> Typed.compact(text);
      case MOMENT -> moment(name, text);
    };
  }

  private static OffsetDateTime moment(String name, String text) {
    if (text.equals("-infinity")) {
      return OffsetDateTime.MIN;
    }
    try {
      if (text.length() == "2026-11-20".length()) {
        return LocalDate.parse(text).atStartOfDay(TAIWAN).toOffsetDateTime();
      }
      return Instant.from(OffsetDateTime.parse(text.replace(' ', '+'))).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException notAMoment) {
      throw invalid(name, "2026-11-20 or 2026-11-20T08:30:00+08:00");
    }
  }

  private static Problem invalid(String name, String expected) {
    return Problem.badRequest("parameter", "查詢參數無效。", "A parameter of the query is not valid.")
        .with("parameter", name)
        .with("expected", expected);
  }
}
