package tongguan.exchange.edifact;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times in the formats of UN/EDIFACT code list 2379. A time without a zone is Taiwan's.
 * Years from 1990 to 2099 only: what lies outside is a slip of the sender.
 */
final class Moments {
  static final ZoneId TAIPEI = ZoneId.of("Asia/Taipei");

  /** What to tell a sender whose format is not known. */
  static final String FORMATS = "101, 102, 201, 203, 204, 205, 303, 304";

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern NUMERIC_ZONE = Pattern.compile("([+-])?([0-9]{1,2}):?([0-9]{2})?");
  private static final Map<String, ZoneOffset> NAMED_ZONES =
      Map.of(
          "UTC", ZoneOffset.UTC,
          "GMT", ZoneOffset.UTC,
          "Z", ZoneOffset.UTC,
          "CST", ZoneOffset.ofHours(8),
          "TST", ZoneOffset.ofHours(8),
          "HKT", ZoneOffset.ofHours(8),
          "SGT", ZoneOffset.ofHours(8),
          "JST", ZoneOffset.ofHours(9),
          "KST", ZoneOffset.ofHours(9));

  private Moments() {}

  static boolean isKnown(String format) {
    return digitsOf(format) > 0;
  }

  /** The moment that a value of a format means; empty when it means none. */
  static Optional<Instant> of(String value, String format) {
    return local(value, format)
        .flatMap(local -> zone(value, format).map(zone -> local.atZone(zone).toInstant()))
        .filter(Moments::isSane);
  }

  /** The calendar day that a value says, whatever its zone. */
  static Optional<LocalDate> day(String value, String format) {
    return local(value, format).map(LocalDateTime::toLocalDate);
  }

  /** UNB S004, YYMMDD or CCYYMMDD and HHMM. */
  static Optional<Instant> prepared(String date, String time) {
    String whole = date + (time.isEmpty() ? "0000" : time);
    return of(whole, date.length() == 8 ? "203" : "201");
  }

  private static Optional<LocalDateTime> local(String value, String format) {
    int digits = digitsOf(format);
    if (digits == 0 || value.length() < digits) {
      return Optional.empty();
    }
    String text = value.substring(0, digits);
    boolean tail = value.length() > digits;
    if (!DIGITS.matcher(text).matches() || tail != (format.equals("205") || isZoned(format))) {
      return Optional.empty();
    }
    boolean shortYear = format.equals("101") || format.equals("201");
    String full = (shortYear ? "20" : "") + text;
    try {
      LocalDate day = LocalDate.of(number(full, 0, 4), number(full, 4, 6), number(full, 6, 8));
      boolean endOfDay = full.length() >= 12 && full.startsWith("2400", 8);
      LocalTime time =
          full.length() < 12 || endOfDay
              ? LocalTime.MIDNIGHT
              : LocalTime.of(
                  number(full, 8, 10),
                  number(full, 10, 12),
                  full.length() == 14 ? number(full, 12, 14) : 0);
      return Optional.of(LocalDateTime.of(endOfDay ? day.plusDays(1) : day, time));
    } catch (DateTimeException noSuchMoment) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(String value, String format) {
    String tail = value.substring(digitsOf(format)).strip();
    if (tail.isEmpty()) {
      return Optional.of(TAIPEI);
    }
    if (NAMED_ZONES.containsKey(tail)) {
      return Optional.of(NAMED_ZONES.get(tail));
    }
    Matcher numeric = NUMERIC_ZONE.matcher(tail);
    if (!numeric.matches()) {
      return Optional.empty();
    }
    int minutes =
        Integer.parseInt(numeric.group(2)) * 60
            + (numeric.group(3) == null ? 0 : Integer.parseInt(numeric.group(3)));
    return minutes > 18 * 60
        ? Optional.empty()
        : Optional.of(
            ZoneOffset.ofTotalSeconds(("-".equals(numeric.group(1)) ? -60 : 60) * minutes));
  }

  private static boolean isZoned(String format) {
    return format.equals("303") || format.equals("304");
  }

  private static int digitsOf(String format) {
    return switch (format) {
      case "101" -> 6;
      case "102" -> 8;
      case "201" -> 10;
      case "203", "205", "303" -> 12;
      case "204", "304" -> 14;
      default -> 0;
    };
  }

  private static boolean isSane(Instant moment) {
    int year = moment.atZone(ZoneOffset.UTC).getYear();
    return year >= 1990 && year < 2100;
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
