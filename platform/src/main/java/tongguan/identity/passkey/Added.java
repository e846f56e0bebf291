package tongguan.identity.passkey;

import java.util.UUID;

/** What the browser's answer to the wish for a new passkey comes to. */
public sealed interface Added {
  /** Sound, and not kept yet: {@link Passkeys#keep}. */
  final class Sound implements Added {
    final Known passkey;
    final byte[] credential;
    private final String name;

    Sound(Known passkey, byte[] credential, String name) {
      this.passkey = passkey;
      this.credential = credential;
      this.name = name;
    }

    public UUID id() {
      return passkey.id();
    }

    public String name() {
      return name;
    }
  }

  /** For the audit; the browser hears nothing of the reason. */
  record Refused(String why) implements Added {}
}
