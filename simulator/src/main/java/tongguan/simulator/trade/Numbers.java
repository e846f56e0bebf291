package tongguan.simulator.trade;

import java.util.List;
import java.util.Locale;

/** Numbers as the trade makes them, with their check digits (ISO 6346, IMO, IATA, 統一編號). */
public final class Numbers {
  private static final int[] COMPANY_WEIGHTS = {1, 2, 1, 2, 1, 2, 4, 1};
  private static final int SERIALS = 1_000_000;

  private Numbers() {}

  /**
   * One for each serial: owners take turns, and their serials are spread (by a step that is prime
   * to their number) so that neighbours do not look alike.
   */
  public static String container(List<String> owners, long serial) {
    int turn = (int) (serial % owners.size());
    String owner = owners.get(turn);
    long spread = (serial / owners.size() * 618_033 + turn * 37_813L + 305_438) % SERIALS;
    String first = owner + 'U' + padded(spread, 6);
    return first + containerDigit(first);
  }

  public static String withWrongDigit(String container) {
    int digit = container.charAt(10) - '0';
    return container.substring(0, 10) + (digit + 3) % 10;
  }

  /** ISO 6346: letters count from 10 and leave out the multiples of 11. */
  private static int containerDigit(String first) {
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      char c = first.charAt(i);
      int value = c <= '9' ? c - '0' : c - 'A' + 10 + (c - 'A' + 9) / 10;
      sum += value << i;
    }
    return sum % 11 % 10;
  }

  public static String imo(int serial) {
    String first = padded(900_000 + serial % 99_999, 6);
    int sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += (first.charAt(i) - '0') * (7 - i);
    }
    return first + sum % 10;
  }

  public static String airWaybill(String airline, long serial) {
    String first = padded(serial % 10_000_000, 7);
    return airline + first + Integer.parseInt(first) % 7;
  }

  /** A company number that fits its weights: the last digit takes any remainder by five. */
  public static String company(int serial) {
    String first = padded(1_000_000 + serial % 8_999_999, 7);
    int sum = 0;
    for (int i = 0; i < 7; i++) {
      int product = (first.charAt(i) - '0') * COMPANY_WEIGHTS[i];
      sum += product / 10 + product % 10;
    }
    return first + (5 - sum % 5) % 5;
  }

  /** Four characters for a serial: decimal as long as they suffice, then led by a letter. */
  public static String fourPlaces(int serial) {
    if (serial < 10_000) {
      return padded(serial, 4);
    }
    int led = 10 * 36 * 36 * 36 + serial - 10_000;
    return Integer.toString(led, 36).toUpperCase(Locale.ROOT);
  }

  /** With leading zeros; much cheaper than a format, and called for every number. */
  public static String padded(long number, int length) {
    String digits = Long.toString(number);
    return digits.length() >= length ? digits : "0".repeat(length - digits.length()) + digits;
  }
}
