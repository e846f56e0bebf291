package tongguan.base.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests with some bytes changed: the process is unharmed and tells nothing of its inside. */
class HttpMutationTest {
  private static final int MUTATIONS = 5_000;
  private static final int LANES = 8;
  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          "\t",
          ":",
          ",",
          "chunked",
          "Content-Length: 3\r\n",
          "Transfer-Encoding: chunked\r\n",
          "0\r\n\r\n",
          "Host: x\r\n",
          "%",
          "%2e",
          "..",
          "\u00ff",
          "HTTP/2.0",
          "Connection: close\r\n",
          "Expect: 100-continue\r\n",
          "99999999999");

  private static final List<String> SEEDS =
      RawHttpTest.cases().map(RawHttpTest.Case::request).filter(r -> r.length() < 2_000).toList();

  @Test
  void fiveThousandMutationsLeaveTheProcessUnharmed() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("HTTP mutations: seed " + seed);
    try (TestHost host = new TestHost().opened();
        ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      List<Future<?>> running =
          IntStream.range(0, LANES)
              .<Future<?>>mapToObj(lane -> lanes.submit(() -> mutate(host, seed, lane)))
              .toList();
      for (Future<?> lane : running) {
        await(lane, seed);
      }
      assertThat(host.isUnharmed()).isTrue();
    }
  }

  private static void await(Future<?> lane, long seed) throws InterruptedException {
    try {
      lane.get();
    } catch (ExecutionException failed) {
      throw new AssertionError("seed " + seed, failed.getCause());
    }
  }

  private static void mutate(TestHost host, long seed, int lane) {
    for (int number = lane; number < MUTATIONS; number += LANES) {
      Random random = new Random(seed + number);
      String request = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      for (Wire.Answer answer : exchange(host.port(), request).answers()) {
        assertThat(answer.status()).as("answer to %s", request).isNotEqualTo(500);
        assertThat(answer.text())
            .doesNotContain(TestHost.SECRET, "Exception", "io.helidon", "\tat ");
      }
      if (number % 50 == lane) {
        assertThat(host.isUnharmed()).as("after %s", request).isTrue();
      }
    }
  }

  private static String mutated(String seed, Random random) {
    StringBuilder text = new StringBuilder(seed);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 3 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 40)));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  /** Ends its own side, so that neither waits for the other. */
  private static Wire.Reply exchange(int port, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      boolean closed = true;
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        closed = Wire.receive(socket.getInputStream(), received);
      } catch (IOException refusedEarly) {
        // a refusal may close before all is sent
      }
      assertThat(closed).as("hangs after %s", request).isTrue();
      return Wire.parsed(received.toByteArray(), closed);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
