package tongguan.simulator;

import java.util.List;

/** Numbers as the trade makes them, with their check digits (ISO 6346, IMO, IATA, 統一編號). */
final class Numbers {
  private static final List<String> OWNERS =
      List.of(
          "CSQ", "MSK", "TCL", "EMC", "YML", "WHL", "OOL", "TGH", "FCI", "HLB", "ONE", "CMA", "BMO",
          "TEM");
  private static final int[] COMPANY_WEIGHTS = {1, 2, 1, 2, 1, 2, 4, 1};

  private Numbers() {}

  /**
   * One for each serial: owners take turns, and serials are spread so that neighbours do not look
   * alike.
   */
  static String container(long serial) {
    String owner = OWNERS.get((int) (serial % OWNERS.size()));
    long spread = (serial / OWNERS.size() * 618_033 + 305_438) % 1_000_000;
    String first = owner + 'U' + "%06d".formatted(spread);
    return first + containerDigit(first);
  }

  static String withWrongDigit(String container) {
    int digit = container.charAt(10) - '0';
    return container.substring(0, 10) + (digit + 3) % 10;
  }

  private static int containerDigit(String first) {
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      char c = first.charAt(i);
      int value = c <= '9' ? c - '0' : c - 'A' + 10 + (c - 'A' + 9) / 10;
      sum += value << i;
    }
    return sum % 11 % 10;
  }

  static String imo(int serial) {
    String first = "%06d".formatted(900_000 + serial % 99_999);
    int sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += (first.charAt(i) - '0') * (7 - i);
    }
    return first + sum % 10;
  }

  static String airWaybill(String airline, long serial) {
    String first = "%07d".formatted(serial % 10_000_000);
    return airline + first + Integer.parseInt(first) % 7;
  }

  /** A company number that fits its weights, near to the given serial. */
  static String company(int serial) {
    for (int last = 0; ; last++) {
      String number = "%07d%d".formatted(1_000_000 + serial % 8_999_999, last % 10);
      if (last > 9 || companyFits(number)) {
        return number;
      }
    }
  }

  private static boolean companyFits(String number) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      int product = (number.charAt(i) - '0') * COMPANY_WEIGHTS[i];
      sum += product / 10 + product % 10;
    }
    return sum % 5 == 0;
  }
}
