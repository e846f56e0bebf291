package tongguan.identity.passkey;

import java.util.UUID;

/** What an assertion comes to. */
public sealed interface Checked {
  record Is(UUID account, UUID passkey) implements Checked {}

  /** For the audit; the browser hears nothing of the reason. */
  record Refused(String why) implements Checked {}
}
