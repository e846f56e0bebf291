package tongguan.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tongguan.identity.passkey.Site;
import tools.jackson.databind.JsonNode;

/**
 * With what an officer proves to be the one: a password or the assertion of a passkey; where the
 * sign-on service says who it is, a code in place of the password.
 */
public sealed interface Proof {
  record Password(String text) implements Proof {
    @Override
    public String toString() {
      return "Password[...]";
    }
  }

  /** A code of an authenticator. */
  record Code(String text) implements Proof {}

  /** One of the codes for the day on which the others are lost. */
  record Recovery(String text) implements Proof {}

  /** The assertion of a passkey, shown by a page of this site. */
  record Passkey(JsonNode credential, Site site) implements Proof {}

  /** What finishes a log-in: {@code code}, {@code recovery} or {@code credential}. */
  static Optional<Proof> second(JsonNode body, Site site) {
    if (body.path("code").isString()) {
      return Optional.of(new Code(body.path("code").stringValue()));
    }
    if (body.path("recovery").isString()) {
      return Optional.of(new Recovery(body.path("recovery").stringValue()));
    }
    return body.path("credential").isObject()
        ? Optional.of(new Passkey(body.path("credential"), site))
        : Optional.empty();
  }

  /** That the sign-on service has said so a moment ago; nothing that a request could forge. */
  record SignOn() implements Proof {}

  /** What a request brings along: {@code password}, {@code code}, {@code credential} or signOn. */
  static Optional<Proof> of(@Nullable JsonNode body, Site site) {
    if (body == null) {
      return Optional.empty();
    }
    if (body.path("password").isString()) {
      return Optional.of(new Password(body.path("password").stringValue()));
    }
    if (body.path("code").isString()) {
      return Optional.of(new Code(body.path("code").stringValue()));
    }
    if (body.path("signOn").isBoolean() && body.path("signOn").booleanValue()) {
      return Optional.of(new SignOn());
    }
    return body.path("credential").isObject()
        ? Optional.of(new Passkey(body.path("credential"), site))
        : Optional.empty();
  }
}
