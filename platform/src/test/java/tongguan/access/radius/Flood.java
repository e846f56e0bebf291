package tongguan.access.radius;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Mutants;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.access.radius.wire.Signature;

/** Sends broken packets to both ports; a program of its own, so that it can run anywhere. */
record Flood(InetAddress from, InetAddress to, int auth, int acct, String secret) {

  /**
   * @param words from, to, both ports, the secret, how many, the seed; prints how many answers came
   */
  public static void main(String[] words) throws IOException {
    Flood flood =
        new Flood(
            InetAddress.ofLiteral(words[0]),
            InetAddress.ofLiteral(words[1]),
            Integer.parseInt(words[2]),
            Integer.parseInt(words[3]),
            words[4]);
    System.out.println(
        "answers " + flood.send(Integer.parseInt(words[5]), Long.parseLong(words[6])));
  }

  /** How many answers came; one, if all is well. */
  int send(int packets, long seed) throws IOException {
    Random random = new Random(seed);
    SharedSecret shared = SharedSecret.of(secret.getBytes(StandardCharsets.US_ASCII));
    List<byte[]> seeds = Mutants.seeds(shared);
    try (DatagramSocket socket = new DatagramSocket(0, from)) {
      for (int sent = 0; sent < packets; ) {
        byte[] mutant = Mutants.mutant(seeds.get(random.nextInt(seeds.size())), random);
        // What is still good would be answered, and rightly.
        if (mutant.length <= 4200 && !isGood(mutant, shared)) {
          socket.send(
              new DatagramPacket(mutant, mutant.length, to, random.nextBoolean() ? auth : acct));
          sent++;
          if (sent % 20 == 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4));
          }
        }
      }
      // One good request at last shows that what is sent from here arrives.
      byte[] good = Draft.of(Code.STATUS_SERVER, 1).asking(Draft.randomAuthenticator(), shared);
      socket.send(new DatagramPacket(good, good.length, to, auth));
      return answers(socket);
    }
  }

  private static boolean isGood(byte[] bytes, SharedSecret secret) {
    return Packet.parse(bytes, bytes.length) instanceof Packet packet
        && Signature.holds(packet, secret, Signature.Place.FIRST);
  }

  private static int answers(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(1_000);
    int answers = 0;
    try {
      while (true) {
        socket.receive(new DatagramPacket(new byte[100], 100));
        answers++;
      }
    } catch (SocketTimeoutException noMore) {
      return answers;
    }
  }
}
