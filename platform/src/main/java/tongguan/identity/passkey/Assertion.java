package tongguan.identity.passkey;

import com.webauthn4j.data.AuthenticationData;
import org.jspecify.annotations.Nullable;

/**
 * Reads the library's byte arrays. Its annotations say "may be missing" in a place where jSpecify
 * reads "holds missing elements"; only here is the checker told so.
 */
final class Assertion {
  private Assertion() {}

  /** Empty where the browser sent none. */
  @SuppressWarnings("NullAway")
  static byte[] credentialId(AuthenticationData data) {
    byte @Nullable [] id = data.getCredentialId();
    return id == null ? new byte[0] : id;
  }

  /** Whose passkey it says it is, which it need not. */
  @SuppressWarnings("NullAway")
  static byte @Nullable [] userHandle(AuthenticationData data) {
    return data.getUserHandle();
  }
}
