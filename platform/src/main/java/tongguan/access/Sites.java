package tongguan.access;

import java.util.Locale;
import tongguan.base.http.Call;
import tongguan.identity.passkey.Site;

/** The site whose page calls, for which its passkeys hold. */
public final class Sites {
  private Sites() {}

  /**
   * As the browser says it, which was held against the name under which this server was asked
   * before anything else; where it says nothing, by that name. A page on the machine itself is
   * plain also where a gateway on it carries its calls on over TLS.
   */
  public static Site of(Call call) {
    boolean plain = !call.isSecure() || call.isForThisMachine();
    return Site.of(
        call.header("Origin")
            .orElseGet(() ->
                (plain ? "http://" : "https://")
                    + call.header("Host").orElse("localhost").toLowerCase(Locale.ROOT)));
  }
}
