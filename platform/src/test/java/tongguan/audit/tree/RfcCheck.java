package tongguan.audit.tree;

import java.util.Arrays;
import java.util.List;

/** The check of a consistency proof as RFC 9162 §2.1.4.2 tells it, step by step. */
public final class RfcCheck {
  private RfcCheck() {}

  public static boolean consistent(
      long first, long second, byte[] firstHash, byte[] secondHash, List<byte[]> proof) {
    Sha256 sha = new Sha256();
    if (first == second) {
      return proof.isEmpty() && Arrays.equals(firstHash, secondHash);
    }
    boolean powerOfTwo = Long.bitCount(first) == 1;
    if (proof.isEmpty() && !powerOfTwo) {
      return false;
    }
    long fn = first - 1;
    long sn = second - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    byte[] fr = powerOfTwo ? firstHash : proof.getFirst();
    byte[] sr = fr;
    for (byte[] c : powerOfTwo ? proof : proof.subList(1, proof.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        fr = sha.node(c, fr);
        sr = sha.node(c, sr);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        sr = sha.node(sr, c);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && Arrays.equals(fr, firstHash) && Arrays.equals(sr, secondHash);
  }
}
