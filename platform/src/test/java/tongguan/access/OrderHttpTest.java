package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Suite S2, the order of the checks (rule 3): a wrong device, a wrong unit, a lost device and a
 * blocked SIM are refused with one word for right, wrong and unknown passwords, in the same time,
 * and take no try.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("timing")
class OrderHttpTest {
  private static final double APART_MILLIS = 5;

  private Field field;
  private final Map<String, HttpClient> wrong = new LinkedHashMap<>();

  @BeforeAll
  void start() {
    field = new Field();
    field.execute("update identity.policy set value = most where code = 'guess-limit'");
    SignedIn.account(field.platform, "known", "A", 1, "officer", "all");
    TestDevice used = ready();
    wrong.put("wrong device", ready().clientFrom(used.address));
    wrong.put("wrong unit", ready().of("B").client());
    wrong.put("lost device", ready().lost().client());
    wrong.put("blocked SIM", ready().simBlocked().client());
  }

  private TestDevice ready() {
    return field.aDevice().assigned().withSim().online();
  }

  @AfterAll
  void stop() {
    field.close();
  }

  /** What is tried, each of which may be right for all the one who tries can tell. */
  private List<SignedIn> tries(HttpClient client) {
    return List.of(
        field.stranger("known", client),
        field.stranger("known", client),
        field.stranger("unheard-of", client));
  }

  private static HttpResponse<String> attempt(int which, SignedIn stranger) {
    return stranger.logIn(which == 0 ? SignedIn.PASSWORD : "a password of somebody else");
  }

  @Test
  void s2p8eachIsRefusedWithOneWordAndTakesNoTry() {
    String refused =
        "select count(*) from audit.entry where act = 'login' and code = 'device-of-others'";
    int before = Integer.parseInt(field.value(refused));
    wrong.forEach((name, client) -> {
      List<SignedIn> strangers = tries(client);
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < strangers.size(); i++) {
        HttpResponse<String> response = attempt(i, strangers.get(i));
        answers.add(
            response.statusCode()
                + response.body().replaceAll("\"correlation\":\"[^\"]*\"", "")
                + response.headers().allValues("Set-Cookie"));
      }
      assertThat(answers).as(name).containsOnly(answers.getFirst());
      assertThat(answers.getFirst()).as(name).startsWith(name.equals("wrong unit") ? "401" : "403");
    });
    assertThat(field.value("select coalesce(sum(fails), 0) from identity.tries")).isEqualTo("0");
    assertThat(field.value("select count(*) from identity.session")).isEqualTo("0");
    assertThat(Integer.parseInt(field.value(refused))).isEqualTo(before + 2);
  }

  @Test
  void s2theTimeTellsNothingInAFewTries() {
    theTimeTellsNothing(12);
  }

  @Tag("slow")
  @Test
  void s2theTimeTellsNothingInFiveHundredTries() {
    theTimeTellsNothing(167);
  }

  /** What a busy machine adds is noise, other each time; what the code adds is there each time. */
  private void theTimeTellsNothing(int rounds) {
    wrong.forEach((name, client) -> {
      List<double[]> measured = new ArrayList<>();
      double apart = Double.MAX_VALUE;
      for (int time = 0; time < 3 && apart >= APART_MILLIS; time++) {
        double[] medians = medians(tries(client), rounds);
        System.out.printf("%s: medians %s ms%n", name, Arrays.toString(medians));
        measured.add(medians);
        apart =
            Arrays.stream(medians).max().orElseThrow() - Arrays.stream(medians).min().orElseThrow();
      }
      assertThat(apart).as("%s %s", name, measured).isLessThan(APART_MILLIS);
    });
  }

  /** In turns, so that whatever else the machine does falls upon all alike; two at a time. */
  private double[] medians(List<SignedIn> strangers, int rounds) {
    List<List<Future<Double>>> times =
        strangers.stream().<List<Future<Double>>>map(one -> new ArrayList<>()).toList();
    try (ExecutorService lanes = Executors.newFixedThreadPool(2)) {
      for (int round = 0; round < rounds; round++) {
        if (round % 100 == 0) {
          // Whoever tries as often as this is slowed down otherwise.
          times.forEach(OrderHttpTest::await);
          field.execute("delete from identity.guess");
        }
        for (int i = 0; i < strangers.size(); i++) {
          int which = i;
          times.get(i).add(lanes.submit(() -> millis(which, strangers.get(which))));
        }
      }
      return times.stream().mapToDouble(OrderHttpTest::median).toArray();
    }
  }

  private static double millis(int which, SignedIn stranger) {
    long started = System.nanoTime();
    assertThat(attempt(which, stranger).statusCode()).isIn(401, 403);
    return (System.nanoTime() - started) / 1e6;
  }

  private static double median(List<Future<Double>> times) {
    List<Double> sorted = await(times);
    sorted.sort(null);
    return sorted.get(sorted.size() / 2);
  }

  private static List<Double> await(List<Future<Double>> times) {
    List<Double> there = new ArrayList<>();
    for (Future<Double> time : times) {
      try {
        there.add(time.get());
      } catch (InterruptedException | ExecutionException e) {
        throw new AssertionError(e);
      }
    }
    return there;
  }
}
