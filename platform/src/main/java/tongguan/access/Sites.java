package tongguan.access;

import tongguan.base.http.Call;
import tongguan.identity.passkey.Site;

/** The site whose page calls, for which its passkeys hold. */
public final class Sites {
  private Sites() {}

  /** By the name under which this machine was reached, which {@link Access} has looked at. */
  public static Site of(Call call) {
    return Site.of("http://" + call.header("Host").orElse("localhost"));
  }
}
