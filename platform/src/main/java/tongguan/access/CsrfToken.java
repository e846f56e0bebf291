package tongguan.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import tongguan.identity.Secret;

/**
 * What every change carries in a header besides the cookie: made from the session's secret, so that
 * nothing is stored, and only a page of ours that was told it can know it.
 */
public final class CsrfToken {
  static final String HEADER = "X-CSRF-Token";

  private CsrfToken() {}

  public static String of(String sessionToken) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Secret.digest("csrf " + sessionToken));
  }

  static boolean matches(String given, String sessionToken) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), of(sessionToken).getBytes(StandardCharsets.UTF_8));
  }
}
