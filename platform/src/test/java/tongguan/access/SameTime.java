package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Whether things of several kinds take the same time, so that the time tells nobody of which kind
 * something was.
 *
 * <p>In each round each kind is tried once, in an order drawn anew, and its times are compared
 * within the round: what else the machine does then falls upon all alike. For each two kinds the
 * signs of the differences have to show that the median difference is below the margin, either way
 * (two one-sided sign tests, exact, whatever the noise looks like). Of kinds that lie the margin or
 * more apart that is found in one of a hundred runs at most, looking more than once included; noise
 * makes for more rounds, and where those do not suffice for a failure.
 */
final class SameTime {
  private static final double ERROR = 0.01;
  private static final int LOOKS = 10;
  private static final double APART_MILLIS = 5;
  private static final double BUSY_MILLIS = 290;

  private final List<String> kinds;
  private final int lanes;
  private final Random random;
  private IntConsumer preparation = lane -> {};

  /** Tries one of a kind in a lane of its own, at the same time as other lanes do. */
  @FunctionalInterface
  interface Trial {
    void run(int kind, int lane);
  }

  SameTime(List<String> kinds, int lanes) {
    this.kinds = kinds;
    this.lanes = lanes;
    long seed = System.nanoTime();
    System.out.println("seed of the order: " + seed);
    this.random = new Random(seed);
  }

  /** Does this in a lane before each of its rounds, and does not measure it. */
  SameTime preparedBy(IntConsumer work) {
    preparation = work;
    return this;
  }

  /**
   * @param least rounds before the first look
   * @param margin in milliseconds, of the times that were measured
   */
  void prove(String what, int least, ToMargin margin, Trial trial) {
    List<double[]> rounds = new ArrayList<>();
    List<Integer> all = IntStream.range(0, kinds.size()).boxed().toList();
    // The first of each lane also builds its connection.
    run(lanes, List.of(0), trial);
    List<String> apart = List.of("nothing measured");
    for (int look = 0; look < LOOKS && !apart.isEmpty(); look++) {
      rounds.addAll(run(least, all, trial));
      apart = apart(rounds, margin.of(medians(rounds)));
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %d rounds, medians %s ms%n",
        what,
        rounds.size(),
        DoubleStream.of(medians(rounds)).mapToObj("%.1f"::formatted).toList());
    assertThat(apart).as(what).isEmpty();
  }

  /**
   * What suite S2 allows: 5 ms. On a machine so busy that even the least time of a refused log-in
   * (250 ms) is exceeded by far, a twentieth of what it takes there.
   */
  static double nothingToTell(double[] medians) {
    double longest = DoubleStream.of(medians).max().orElseThrow();
    return longest < BUSY_MILLIS ? APART_MILLIS : longest / 20;
  }

  /** How far apart is too far, where the kinds have these medians. */
  @FunctionalInterface
  interface ToMargin {
    double of(double[] medians);
  }

  /** A lane's rounds follow each other; lanes run beside each other. */
  private List<double[]> run(int count, List<Integer> which, Trial trial) {
    List<Callable<List<double[]>>> work = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      List<Callable<double[]>> own = new ArrayList<>();
      for (int i = lane; i < count; i += lanes) {
        own.add(round(lane, which, trial));
      }
      work.add(() -> {
        List<double[]> measured = new ArrayList<>();
        for (Callable<double[]> round : own) {
          measured.add(round.call());
        }
        return measured;
      });
    }
    List<double[]> times = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(lanes)) {
      for (Future<List<double[]>> lane : threads.invokeAll(work)) {
        times.addAll(lane.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    return times;
  }

  private Callable<double[]> round(int lane, List<Integer> which, Trial trial) {
    List<Integer> order = new ArrayList<>(which);
    Collections.shuffle(order, random);
    return () -> {
      preparation.accept(lane);
      double[] millis = new double[kinds.size()];
      for (int kind : order) {
        long started = System.nanoTime();
        trial.run(kind, lane);
        millis[kind] = (System.nanoTime() - started) / 1e6;
      }
      return millis;
    };
  }

  /** The pairs of kinds of which it is not shown that they are closer than the margin. */
  private List<String> apart(List<double[]> rounds, double margin) {
    List<String> apart = new ArrayList<>();
    for (int a = 0; a < kinds.size(); a++) {
      for (int b = 0; b < kinds.size(); b++) {
        int one = a;
        int other = b;
        long below = rounds.stream().filter(round -> round[one] - round[other] < margin).count();
        if (a != b && chanceOf(below, rounds.size()) > ERROR / LOOKS) {
          apart.add(
              "%s is less than %.1f ms behind %s in %d of %d rounds only"
                  .formatted(kinds.get(a), margin, kinds.get(b), below, rounds.size()));
        }
      }
    }
    return apart;
  }

  /** Of so many or more heads of a fair coin. */
  static double chanceOf(long heads, int tosses) {
    double[] logs = IntStream.rangeClosed(0, tosses).mapToDouble(Math::log).toArray();
    double chance = 0;
    double log = -tosses * Math.log(2);
    for (int i = 0; i <= tosses; i++) {
      chance += i >= heads ? Math.exp(log) : 0;
      log += i < tosses ? logs[tosses - i] - logs[i + 1] : 0;
    }
    return chance;
  }

  private double[] medians(List<double[]> rounds) {
    IntToDoubleFunction median =
        kind -> {
          double[] sorted = rounds.stream().mapToDouble(round -> round[kind]).sorted().toArray();
          return sorted[sorted.length / 2];
        };
    return IntStream.range(0, kinds.size()).mapToDouble(median).toArray();
  }
}
