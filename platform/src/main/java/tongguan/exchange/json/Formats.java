package tongguan.exchange.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.ImoNumber;
import tongguan.record.key.VoyageKey;

/**
 * The formats that our schemas name beyond what a pattern can say: real days, check digits, numbers
 * in any of their written forms. A value that passes can be parsed.
 */
final class Formats {
  private static final Pattern MOMENT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");
  private static final LocalDate ANY_DAY = LocalDate.EPOCH;

  static final List<Format> ALL =
      List.of(
          format("moment", Formats::isMoment),
          format("day", Formats::isDay),
          format("container-number", text -> ContainerNumber.parse(text).isPresent()),
          format("declaration-number", text -> DeclarationNumber.parse(text).isPresent()),
          format("bill-number", text -> BillKey.of(text, null).isPresent()),
          format("imo-number", text -> ImoNumber.parse(text).isPresent()),
          format("flight", text -> VoyageKey.air(text, ANY_DAY).isPresent()));

  private Formats() {}

  /** RFC 3339 with seconds and offset, on a real day of this century or the last. */
  static boolean isMoment(String text) {
    try {
      return MOMENT.matcher(text).matches() && isOurTime(OffsetDateTime.parse(text).getYear());
    } catch (DateTimeException notATime) {
      return false;
    }
  }

  private static boolean isDay(String text) {
    try {
      return isOurTime(LocalDate.parse(text).getYear());
    } catch (DateTimeException notADay) {
      return false;
    }
  }

  /** A year typed wrongly would otherwise win over every later message for good. */
  private static boolean isOurTime(int year) {
    return year >= 1980 && year < 2100;
  }

  private static Format format(String name, Predicate<String> matches) {
    return new Format() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public boolean matches(ExecutionContext context, String value) {
        return matches.test(value);
      }
    };
  }
}
