package tongguan.record.key;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One call of a vessel ({@code 9074729/0123E}: IMO number and voyage number) or one flight on one
 * date ({@code CI61/2026-11-20}: carrier and number without leading zeros, local date of
 * departure).
 */
public sealed interface VoyageKey {
  String value();

  record Sea(ImoNumber imo, String voyageNumber) implements VoyageKey {
    private static final Pattern NUMBER = Pattern.compile("[A-Z0-9]{1,17}");

    public Sea {
      if (!NUMBER.matcher(voyageNumber).matches()) {
        throw new IllegalArgumentException("not a voyage number in canonical form");
      }
    }

    @Override
    public String value() {
      return imo.value() + '/' + voyageNumber;
    }

    @Override
    public String toString() {
      return value();
    }
  }

  record Air(String flight, LocalDate date) implements VoyageKey {
    private static final Pattern FLIGHT =
        Pattern.compile("([A-Z]{2}|[A-Z][0-9]|[0-9][A-Z]|[A-Z]{3})0*([1-9][0-9]{0,3})([A-Z]?)");

    public Air {
      if (canonicalFlight(flight).filter(flight::equals).isEmpty()) {
        throw new IllegalArgumentException("not a flight in canonical form");
      }
    }

    /** IATA carrier of 2 or ICAO carrier of 3 characters, 1 to 4 digits, an optional letter. */
    static Optional<String> canonicalFlight(String typed) {
      Matcher flight = FLIGHT.matcher(Typed.compact(typed));
      return flight.matches()
          ? Optional.of(flight.group(1) + flight.group(2) + flight.group(3))
          : Optional.empty();
    }

    @Override
    public String value() {
      return flight + '/' + date;
    }

    @Override
    public String toString() {
      return value();
    }
  }

  static Optional<VoyageKey> sea(String imo, String voyageNumber) {
    String number = Typed.compact(voyageNumber);
    return Sea.NUMBER.matcher(number).matches()
        ? ImoNumber.parse(imo).map(ship -> new Sea(ship, number))
        : Optional.empty();
  }

  static Optional<VoyageKey> air(String flight, LocalDate date) {
    return Air.canonicalFlight(flight).map(number -> new Air(number, date));
  }

  /** From the canonical form. */
  static Optional<VoyageKey> parse(String value) {
    int slash = value.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    String first = value.substring(0, slash);
    String second = value.substring(slash + 1);
    Optional<VoyageKey> sea = sea(first, second);
    if (sea.isPresent()) {
      return sea;
    }
    try {
      return air(first, LocalDate.parse(second));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
