package tongguan.simulator.wire;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Moments of the world are local times in Taiwan, which has had no summer time since 1979; they are
 * written by hand because a formatter would take most of the run.
 */
public final class Times {
  public static final ZoneId TAIWAN = ZoneId.of("Asia/Taipei");

  private Times() {}

  /** As in JSON: 2026-11-20T08:30:00+08:00. */
  public static String withOffset(LocalDateTime at) {
    StringBuilder text = new StringBuilder(25);
    date(text, at.toLocalDate(), "-").append('T');
    two(text, at.getHour()).append(':');
    two(text, at.getMinute()).append(':');
    return two(text, at.getSecond()).append("+08:00").toString();
  }

  /** As in DTM with format 203: 202611200830. */
  public static String minutes(LocalDateTime at) {
    StringBuilder text = new StringBuilder(12);
    date(text, at.toLocalDate(), "");
    two(text, at.getHour());
    return two(text, at.getMinute()).toString();
  }

  /** As in the envelope: six digits of the date, eight from syntax version 4 on. */
  static String envelope(LocalDateTime at, boolean longDate) {
    StringBuilder text = new StringBuilder(13);
    date(text, at.toLocalDate(), "").append(':');
    two(text, at.getHour());
    two(text, at.getMinute());
    return longDate ? text.toString() : text.substring(2);
  }

  /** The last two digits of the year since 1912, which customs' numbers carry. */
  public static String rocYear(LocalDateTime at) {
    return two(new StringBuilder(2), (at.getYear() - 1911) % 100).toString();
  }

  private static StringBuilder date(StringBuilder text, LocalDate day, String between) {
    text.append(day.getYear()).append(between);
    two(text, day.getMonthValue()).append(between);
    return two(text, day.getDayOfMonth());
  }

  private static StringBuilder two(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
