package tongguan.access;

import java.math.BigInteger;
import java.util.Arrays;

/** RFC 4648 §6, the way of a stranger: as one large number. */
final class Base32 {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Base32() {}

  static byte[] decode(String text) {
    BigInteger number = BigInteger.ZERO;
    for (char letter : text.toCharArray()) {
      number = number.shiftLeft(5).or(BigInteger.valueOf(LETTERS.indexOf(letter)));
    }
    byte[] bytes = number.toByteArray();
    int length = text.length() * 5 / 8;
    byte[] padded = new byte[length];
    byte[] tail =
        bytes.length > length
            ? Arrays.copyOfRange(bytes, bytes.length - length, bytes.length)
            : bytes;
    System.arraycopy(tail, 0, padded, length - tail.length, tail.length);
    return padded;
  }
}
