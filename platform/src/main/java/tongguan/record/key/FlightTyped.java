package tongguan.record.key;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A flight with its date as people write it: {@code CI61/2026-11-20}, {@code CI061 20NOV}, {@code
 * ci 61 20261120}, {@code CI061/20NOV26}. A date without a year is the one nearest to today.
 */
final class FlightTyped {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final String FLIGHT =
      "((?:[A-Z]{2}|[A-Z][0-9]|[0-9][A-Z]|[A-Z]{3})[ -]?[0-9]{1,4}[A-Z]?)";
  private static final Pattern ISO =
      Pattern.compile(FLIGHT + "[ /-]+([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})");
  private static final Pattern NAMED_MONTH =
      Pattern.compile(FLIGHT + "[ /-]+([0-9]{1,2})[ -]?([A-Z]{3})[ -]?([0-9]{4}|[0-9]{2}|)");

  private FlightTyped() {}

  static Optional<VoyageKey> parse(String plain, LocalDate today) {
    Matcher iso = ISO.matcher(plain);
    Matcher named = NAMED_MONTH.matcher(plain);
    try {
      if (iso.matches()) {
        return VoyageKey.air(
            iso.group(1),
            LocalDate.of(number(iso.group(2)), number(iso.group(3)), number(iso.group(4))));
      }
      if (named.matches() && MONTHS.contains(named.group(3))) {
        int month = MONTHS.indexOf(named.group(3)) + 1;
        LocalDate date = dated(number(named.group(2)), month, named.group(4), today);
        return VoyageKey.air(named.group(1), date);
      }
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static LocalDate dated(int day, int month, String year, LocalDate today) {
    if (!year.isEmpty()) {
      return LocalDate.of(year.length() == 2 ? 2000 + number(year) : number(year), month, day);
    }
    LocalDate nearest =
        LocalDate.of(today.getYear(), month, Math.min(day, 28)).plusDays(Math.max(0, day - 28));
    for (int shift : new int[] {-1, 1}) {
      LocalDate other = nearest.plusYears(shift);
      if (Math.abs(ChronoUnit.DAYS.between(today, other))
          < Math.abs(ChronoUnit.DAYS.between(today, nearest))) {
        nearest = other;
      }
    }
    if (nearest.getMonthValue() != month) {
      throw new DateTimeException("no such day");
    }
    return nearest;
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
