package tongguan.simulator.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This system's own accounts: a file with one {@code name:password} a line, which whoever plays
 * with it may edit. Five wrong passwords shut an account until the system is started again.
 */
final class Accounts {
  private static final int TRIES = 5;
  private static final Duration LIFE = Duration.ofHours(8);

  private final Map<String, String> passwords = new LinkedHashMap<>();
  private final Map<String, Integer> wrong = new ConcurrentHashMap<>();
  private final Map<String, Token> tokens = new ConcurrentHashMap<>();
  private final Clock clock;

  record Token(String token, String user, Instant until) {}

  /** Either a token or a refusal. */
  record Answer(Optional<Token> token, String code, String text) {}

  Accounts(Path file, String kind, Clock clock) throws IOException {
    this.clock = clock;
    if (!Files.exists(file)) {
      Files.writeString(
          file, "wang:%1$s wang 1\nchen:%1$s chen 2\nlin:%1$s lin 3\n".formatted(kind));
    }
    for (String line : Files.readAllLines(file)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        passwords.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
  }

  Map<String, String> all() {
    return passwords;
  }

  synchronized Answer signIn(String user, String password) {
    String right = passwords.get(user);
    int before = wrong.getOrDefault(user, 0);
    if (before >= TRIES) {
      return new Answer(Optional.empty(), "E-LOCKED", "帳號已停用 (this account is shut)");
    }
    if (right == null || !right.equals(password)) {
      wrong.put(user, before + 1);
      return new Answer(Optional.empty(), "E-LOGIN", "帳號或密碼錯誤 (account or password are wrong)");
    }
    wrong.remove(user);
    Token token = new Token(random(), user, clock.instant().plus(LIFE));
    tokens.put(token.token(), token);
    return new Answer(Optional.of(token), "", "");
  }

  Optional<Token> of(String token) {
    return Optional.ofNullable(tokens.get(token))
        .filter(known -> known.until().isAfter(clock.instant()));
  }

  void signOut(String token) {
    tokens.remove(token);
  }

  static String random() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
