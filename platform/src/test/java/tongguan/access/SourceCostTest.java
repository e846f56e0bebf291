package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What proving the source costs a look-up, with a thousand connections held beside it. The figures
 * for docs/benchmarks.md are printed; held is only what no busy machine excuses.
 */
@Tag("slow")
@Tag("timing")
class SourceCostTest {
  private static final String LOOK_UP = "/api/v1/dossiers?key=CSQU3054383";
  private static final int CALLERS = 8;
  private static final int CALLS = 250;
  private static final int HELD = 1_000;

  private record Times(double perSecond, double p50, double p99) {
    @Override
    public String toString() {
      return "%.0f/s, p50 %.1f ms, p99 %.1f ms".formatted(perSecond, p50, p99);
    }
  }

  @Test
  void aLookUpFromTheFieldCostsLittleMoreThanAPlainOneAndHeldConnectionsCostNothing()
      throws Exception {
    try (Field field = new Field()) {
      SignedIn.account(field.platform, "reader", "A", 1, "officer", "all");
      TestDevice device = field.aDevice().assigned().withSim().online();
      SignedIn plain = SignedIn.stranger(field.platform, "reader").in();
      SignedIn proven = device.browser("reader").in();
      measured(plain);
      measured(proven);
      List<Times> plains = new ArrayList<>();
      List<Times> provens = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        plains.add(measured(plain));
        provens.add(measured(proven));
      }
      List<SSLSocket> held = new ArrayList<>();
      try {
        long started = System.nanoTime();
        hold(field, device, held);
        double millis = (System.nanoTime() - started) / 1e6 / HELD;
        Times beside = measured(proven);
        System.out.printf("plain %s%nproven %s%n", plains, provens);
        System.out.printf(
            "beside %d held: %s; a connection with its first request %.1f ms%n",
            HELD, beside, millis);

        assertThat(best(provens)).isLessThan(best(plains) * 5);
        assertThat(beside.p50()).isLessThan(best(provens) * 5);
        assertThat(held).allSatisfy(SourceCostTest::stillAnswers);
      } finally {
        for (SSLSocket socket : held) {
          socket.close();
        }
      }
    }
  }

  private static double best(List<Times> times) {
    return times.stream().mapToDouble(Times::p50).min().orElseThrow();
  }

  private static Times measured(SignedIn officer) throws Exception {
    List<Callable<List<Double>>> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(() -> calls(officer));
    }
    long started = System.nanoTime();
    List<Double> times = new ArrayList<>();
    try (ExecutorService lanes = Executors.newFixedThreadPool(CALLERS)) {
      for (Future<List<Double>> one : lanes.invokeAll(callers)) {
        times.addAll(one.get());
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    times.sort(null);
    return new Times(
        times.size() / seconds, times.get(times.size() / 2), times.get(times.size() * 99 / 100));
  }

  private static List<Double> calls(SignedIn officer) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long started = System.nanoTime();
      HttpResponse<String> response = officer.get(LOOK_UP);
      times.add((System.nanoTime() - started) / 1e6);
      assertThat(response.statusCode()).isEqualTo(404);
    }
    return times;
  }

  private static void hold(Field field, TestDevice device, List<SSLSocket> held)
      throws IOException {
    SSLSocketFactory sockets = field.authority.context(device.holder()).getSocketFactory();
    for (int i = 0; i < HELD; i++) {
      SSLSocket socket = (SSLSocket) sockets.createSocket();
      held.add(socket);
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(device.address), 0));
      socket.connect(new InetSocketAddress("127.0.0.1", field.platform.securePort()));
      stillAnswers(socket);
    }
  }

  private static void stillAnswers(SSLSocket socket) {
    try {
      socket
          .getOutputStream()
          .write(
              "HEAD /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200");
      // The rest of the head came in the same record.
      assertThat(socket.getInputStream().skip(socket.getInputStream().available())).isPositive();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
