package tongguan.access.device;

import static org.assertj.core.api.Assertions.assertThat;
import static tongguan.access.SignedIn.PASSWORD;
import static tongguan.access.device.TwoNodes.REASON;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.access.Field;
import tongguan.access.SignedIn;
import tongguan.access.TestDevice;

/**
 * How long a thief's session on another node outlives the answer to the report (P2, suite S7): no
 * request that is sent after the answer is let in, and the first refusal is there within a second.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("timing")
class LossSpeedTest {
  private final Field field = new Field();
  private final Platform two = field.node();
  private SignedIn admin;

  @BeforeAll
  void people() {
    field.execute("update identity.role set second_factor = false");
    SignedIn.account(field.platform, "admin", "HQ", 2, "headquarters-administrator", "all");
    SignedIn.account(field.platform, "careless", "A", 0, "officer", "own");
    admin = SignedIn.stranger(field.platform, "admin").in();
  }

  @AfterAll
  void stop() {
    two.close();
    field.close();
  }

  /**
   * One request of the session on the device: when it was sent and answered, and whether let in.
   */
  private record Request(long sent, long answered, int status) {}

  /** Asks on the other node, over the device's own connection, without a pause until refused. */
  private static List<Request> use(SignedIn thief, CountDownLatch first) {
    List<Request> requests = new ArrayList<>();
    int status;
    do {
      long sent = System.nanoTime();
      status = thief.get("/api/v1/me").statusCode();
      requests.add(new Request(sent, System.nanoTime(), status));
      first.countDown();
    } while (status == 200);
    return requests;
  }

  /**
   * The time from the answer to the report to the first refused request; 0 where that is earlier.
   */
  private Duration lose() throws Exception {
    TestDevice device = field.aDevice().assigned().withSim().online();
    SignedIn thief =
        SignedIn.stranger(two, "careless").over(device.client(), two.securePort()).in();
    String path = "/api/v1/devices/" + device.id + "/lost";
    String nonce = admin.draft(path, REASON);
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      CountDownLatch first = new CountDownLatch(1);
      Future<List<Request>> using = executor.submit(() -> use(thief, first));
      first.await();
      HttpResponse<String> done = admin.confirm(path, REASON, nonce, PASSWORD);
      long answered = System.nanoTime();
      assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
      List<Request> requests = using.get();

      assertThat(requests.getFirst().status()).isEqualTo(200);
      assertThat(requests.getLast().status()).isEqualTo(403);
      assertThat(requests.stream().filter(request -> request.sent() > answered))
          .as("sent after the answer and let in")
          .noneMatch(request -> request.status() == 200);
      return Duration.ofNanos(Math.max(0, requests.getLast().answered() - answered));
    }
  }

  private void lose(int devices) throws Exception {
    List<Duration> times = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      times.add(lose());
    }
    Collections.sort(times);
    Duration slowest = times.get((int) Math.ceil(devices * 0.99) - 1);
    System.out.printf(
        "%d losses: median %d us, p99 %d us from the answer to the first refusal on the other node%n",
        devices, times.get(devices / 2).toNanos() / 1000, slowest.toNanos() / 1000);

    assertThat(slowest).isLessThan(Duration.ofSeconds(1));
  }

  /** What a device is on with besides its key is cut off as well: its SIM alone, on both nodes. */
  @Test
  void aBlockedSimIsRefusedOnBothNodesFromTheAnswerOn() throws Exception {
    TestDevice device = field.aDevice().assigned().withSim().online();
    SignedIn here = device.browser("careless").in();
    SignedIn there =
        SignedIn.stranger(two, "careless").over(device.client(), two.securePort()).in();
    assertThat(here.get("/api/v1/sessions").statusCode()).isEqualTo(200);
    assertThat(there.get("/api/v1/sessions").statusCode()).isEqualTo(200);

    HttpResponse<String> done =
        admin.make(
            "/api/v1/sims/" + device.sim + "/state",
            Map.of("state", "blocked", "reason", "cloned?"));

    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(there.get("/api/v1/sessions").statusCode()).isEqualTo(403);
    assertThat(here.get("/api/v1/sessions").statusCode()).isEqualTo(403);
  }

  @Test
  void theSessionOnTheOtherNodeEndsWithTheAnswer() throws Exception {
    lose(10);
  }

  @Test
  @Tag("slow")
  void andSoForTwoHundredLosses() throws Exception {
    lose(200);
  }
}
