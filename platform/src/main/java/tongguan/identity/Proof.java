package tongguan.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** With what an officer proves to be the one: a password or the assertion of a passkey. */
public sealed interface Proof {
  record Password(String text) implements Proof {
    @Override
    public String toString() {
      return "Password[...]";
    }
  }

  record Passkey(JsonNode credential) implements Proof {}

  /** What a request brings along: {@code password} or {@code credential}. */
  static Optional<Proof> of(@Nullable JsonNode body) {
    if (body == null) {
      return Optional.empty();
    }
    if (body.path("password").isString()) {
      return Optional.of(new Password(body.path("password").stringValue()));
    }
    return body.path("credential").isObject()
        ? Optional.of(new Passkey(body.path("credential")))
        : Optional.empty();
  }
}
