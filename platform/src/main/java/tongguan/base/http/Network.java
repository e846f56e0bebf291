package tongguan.base.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** A range of network addresses, written {@code 10.20.0.0/16} or {@code 2001:db8::/48}. */
public final class Network {
  private final byte[] first;
  private final int bits;

  private Network(byte[] first, int bits) {
    this.first = first;
    this.bits = bits;
  }

  /**
   * Empty where it is not one: only addresses as digits, the length of the prefix always there, and
   * nothing behind the prefix set.
   */
  public static Optional<Network> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    try {
      byte[] first = InetAddress.ofLiteral(text.substring(0, slash)).getAddress();
      int bits = Integer.parseInt(text.substring(slash + 1));
      Network network = new Network(first, bits);
      return bits <= first.length * 8 && Arrays.equals(network.masked(first), first)
          ? Optional.of(network)
          : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == first.length && Arrays.equals(masked(bytes), first);
  }

  private byte[] masked(byte[] address) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int kept = Math.clamp(bits - i * 8L, 0, 8);
      masked[i] &= (byte) (0xFF00 >> kept);
    }
    return masked;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(first).getHostAddress() + '/' + bits;
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
