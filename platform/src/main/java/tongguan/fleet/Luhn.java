package tongguan.fleet;

/** The check digit of IMEI and ICCID (ISO/IEC 7812-1, annex B). */
final class Luhn {
  private Luhn() {}

  /** Whether the last of these digits is the check digit of those before it. */
  static boolean holds(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
