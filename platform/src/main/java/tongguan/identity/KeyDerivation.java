package tongguan.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import tongguan.base.Limits;
import tongguan.base.Problem;

/**
 * Argon2id (RFC 9106) with one lane, written as a PHC string, so that the cost can be raised while
 * older hashes still verify. As many are computed at a time as there are processors, fairly; the
 * rest waits, and who would wait too long is told to come back.
 */
final class KeyDerivation {
  /** What a problem says where too many passwords wait. */
  static final String OVERLOADED = "overloaded";

  private static final int BYTES = 32;
  private static final String FORM = "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s";

  private final SecureRandom random = new SecureRandom();
  private final Semaphore places =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);
  private final PasswordCost cost;
  private final String nobody;

  KeyDerivation(PasswordCost cost) {
    this.cost = cost;
    this.nobody = write(random(16), new byte[BYTES]);
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  String hash(String password) {
    byte[] salt = random(16);
    return write(salt, inPlace(password, salt, cost.memoryKib(), cost.passes()));
  }

  /** Whether the hash is of this password; compared in constant time. */
  boolean matches(String password, String phc) {
    String[] parts = phc.split("\\$");
    String[] spent = parts[3].split("[=,]");
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    byte[] actual = inPlace(password, salt, Integer.parseInt(spent[1]), Integer.parseInt(spent[3]));
    return MessageDigest.isEqual(expected, actual);
  }

  /** As long as a real comparison, for accounts that are not there; never true. */
  boolean matchesNobody(String password) {
    return matches(password, nobody) && false;
  }

  private byte[] inPlace(String password, byte[] salt, int memory, int passes) {
    enter();
    try {
      return derive(password, salt, memory, passes);
    } finally {
      places.release();
    }
  }

  private void enter() {
    try {
      boolean full = places.getQueueLength() >= Limits.PASSWORD_QUEUE;
      if (full || !places.tryAcquire(Limits.PASSWORD_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw Problem.unavailable(
            OVERLOADED, 2, "登入繁忙，請稍後再試。", "Many are signing in; try again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("stopping", 2, "系統正在停止。", "The platform is stopping.");
    }
  }

  private static byte[] derive(String password, byte[] salt, int memory, int passes) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[BYTES];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  private String write(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return FORM.formatted(
        cost.memoryKib(), cost.passes(), base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
