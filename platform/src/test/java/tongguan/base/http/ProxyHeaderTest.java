package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The header's bytes, right and wrong. */
class ProxyHeaderTest {
  static final byte[] LOCAL = header(0x20, 0x00, new byte[0]);

  static byte[] header(int command, int family, byte[] rest) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + rest.length);
    bytes.put(ProxyHeader.SIGNATURE).put((byte) command).put((byte) family);
    bytes.putShort((short) rest.length).put(rest);
    return bytes.array();
  }

  /** As a balancer writes it for a client at this address. */
  static byte[] of(String client, int port, byte... extensions) {
    byte[] address = InetAddress.ofLiteral(client).getAddress();
    ByteBuffer rest = ByteBuffer.allocate(2 * address.length + 4 + extensions.length);
    rest.put(address).put(new byte[address.length]);
    rest.putShort((short) port).putShort((short) 443).put(extensions);
    return header(0x21, address.length == 4 ? 0x11 : 0x21, rest.array());
  }

  /** With the checksum that HAProxy adds when asked to. */
  static byte[] summed(String client) {
    byte[] whole = of(client, 4711, new byte[] {3, 0, 4, 0, 0, 0, 0});
    CRC32C crc = new CRC32C();
    crc.update(whole);
    ByteBuffer.wrap(whole).putInt(whole.length - 4, (int) crc.getValue());
    return whole;
  }

  private static ProxyHeader read(byte[] bytes) throws IOException {
    return ProxyHeader.read(new ByteArrayInputStream(bytes));
  }

  private static String client(byte[] bytes) throws IOException {
    return read(bytes) instanceof ProxyHeader.Relayed relayed
        ? relayed.client().getAddress().getHostAddress() + ' ' + relayed.client().getPort()
        : read(bytes).toString();
  }

  @Test
  void theClientsAddressIsReadAndNothingOfWhatFollows() throws Exception {
    assertThat(client(of("10.20.3.4", 4711))).isEqualTo("10.20.3.4 4711");
    assertThat(client(of("2001:db8::7", 65535))).isEqualTo("2001:db8:0:0:0:0:0:7 65535");
    assertThat(client(of("10.20.3.4", 1, new byte[] {4, 0, 2, 9, 9, 5, 0, 0})))
        .isEqualTo("10.20.3.4 1");
    assertThat(client(summed("10.20.3.4"))).isEqualTo("10.20.3.4 4711");
    assertThat(read(LOCAL)).isInstanceOf(ProxyHeader.Own.class);
    assertThat(read(header(0x20, 0x11, new byte[12]))).isInstanceOf(ProxyHeader.Own.class);

    byte[] two = Arrays.copyOf(of("10.20.3.4", 1), 31);
    two[28] = 0x16;
    ByteArrayInputStream in = new ByteArrayInputStream(two);
    assertThat(ProxyHeader.read(in)).isInstanceOf(ProxyHeader.Relayed.class);
    assertThat(in.readAllBytes()).containsExactly(0x16, 0, 0);
  }

  @Test
  void whateverIsInDoubtIsMalformed() throws Exception {
    byte[] good = of("10.20.3.4", 4711);
    byte[] wrongSum = summed("10.20.3.4");
    wrongSum[17] ^= 1;
    byte[] longest = new byte[536 - 16 - 12];
    ByteBuffer.wrap(longest).put((byte) 4).putShort((short) (longest.length - 3));
    byte[] tooLong = Arrays.copyOf(longest, longest.length + 1);
    ByteBuffer.wrap(tooLong).put((byte) 4).putShort((short) (tooLong.length - 3));
    assertThat(read(of("10.20.3.4", 1, longest))).isInstanceOf(ProxyHeader.Relayed.class);

    for (byte[] wrong :
        List.of(
            new byte[0],
            "PROXY TCP4 10.20.3.4 10.0.0.1 4711 443\r\n".getBytes("US-ASCII"),
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes("US-ASCII"),
            Arrays.copyOf(good, 15),
            Arrays.copyOf(good, 27),
            header(0x11, 0x11, new byte[12]),
            header(0x31, 0x11, new byte[12]),
            header(0x22, 0x11, new byte[12]),
            header(0x21, 0x00, new byte[12]),
            header(0x21, 0x12, new byte[12]),
            header(0x21, 0x31, new byte[216]),
            header(0x21, 0x11, new byte[11]),
            header(0x21, 0x21, new byte[35]),
            of("0.0.0.0", 1),
            of("::", 1),
            of("224.0.0.1", 1),
            of("10.20.3.4", 1, new byte[] {4}),
            of("10.20.3.4", 1, new byte[] {4, 0, 2, 9}),
            of("10.20.3.4", 1, new byte[] {3, 0, 3, 0, 0, 0}),
            wrongSum,
            of("10.20.3.4", 1, tooLong),
            header(0x20, 0, new byte[521]))) {
      assertThat(read(wrong)).as(Arrays.toString(wrong)).isInstanceOf(ProxyHeader.Malformed.class);
    }
  }

  @Test
  void twentyThousandMutationsAreReadOrRefusedAndNeverReadBeyondTheirLength() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("PROXY mutations: seed " + seed);
    Random random = new Random(seed);
    List<byte[]> seeds = List.of(of("10.20.3.4", 4711), of("2001:db8::7", 1), LOCAL, summed("::1"));
    for (int number = 0; number < 20_000; number++) {
      byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
      ByteArrayInputStream in = new ByteArrayInputStream(bytes);

      ProxyHeader header = ProxyHeader.read(in);

      int used = bytes.length - in.available();
      assertThat(used).as("seed %d, number %d", seed, number).isLessThanOrEqualTo(536);
      if (!(header instanceof ProxyHeader.Malformed)) {
        assertThat(used)
            .as("seed %d, number %d", seed, number)
            .isEqualTo(16 + Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(14)));
      }
    }
  }

  private static byte[] mutated(byte[] seed, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(seed);
    byte[] more = new byte[random.nextInt(40)];
    random.nextBytes(more);
    out.writeBytes(more);
    byte[] bytes = out.toByteArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
