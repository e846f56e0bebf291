package tongguan.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What the hash of a password costs by itself, as strong as the platform keeps it. */
final class PasswordHash {
  private static final Pattern STORED =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

  private final Argon2Parameters parameters;
  private final int bytes;

  /**
   * @param stored the hash of an account, whose parameters it says itself
   */
  PasswordHash(String stored) {
    Matcher parts = STORED.matcher(stored);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not a hash by Argon2id");
    }
    this.parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(Integer.parseInt(parts.group(1)))
            .withIterations(Integer.parseInt(parts.group(2)))
            .withParallelism(Integer.parseInt(parts.group(3)))
            .withSalt(Base64.getDecoder().decode(parts.group(4)))
            .build();
    this.bytes = Base64.getDecoder().decode(parts.group(5)).length;
  }

  Rate rate(int threads, int seconds) throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<long[]>> work = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        work.add(() -> until(end));
      }
      List<long[]> all = new ArrayList<>();
      for (Future<long[]> one : pool.invokeAll(work)) {
        all.add(one.get());
      }
      return CommandBench.rate(all, seconds, 0);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  private long[] until(long end) {
    byte[] password = "correct horse battery 42".getBytes(StandardCharsets.UTF_8);
    long[] nanos = new long[100_000];
    int count = 0;
    while (System.nanoTime() < end && count < nanos.length) {
      long began = System.nanoTime();
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(parameters);
      generator.generateBytes(password, new byte[bytes]);
      nanos[count++] = System.nanoTime() - began;
    }
    return Arrays.copyOf(nanos, count);
  }
}
