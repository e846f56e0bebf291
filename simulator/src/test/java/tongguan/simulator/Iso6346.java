package tongguan.simulator;

/** The check digit of a container number, worked out by a table and not by a formula. */
final class Iso6346 {
  private static final String LETTERS =
      "A10B12C13D14E15F16G17H18I19J20K21L23M24N25O26P27Q28R29S30T31U32V34W35X36Y37Z38";

  private Iso6346() {}

  static boolean fits(String number) {
    int sum = 0;
    int weight = 1;
    for (char c : number.substring(0, 10).toCharArray()) {
      sum += weight * value(c);
      weight *= 2;
    }
    return sum % 11 % 10 == number.charAt(10) - '0';
  }

  private static int value(char c) {
    if (Character.isDigit(c)) {
      return c - '0';
    }
    int at = LETTERS.indexOf(c);
    return Integer.parseInt(LETTERS.substring(at + 1, at + 3));
  }
}
