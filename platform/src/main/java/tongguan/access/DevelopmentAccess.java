package tongguan.access;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import tongguan.base.Problem;
import tongguan.base.http.Call;
import tongguan.base.http.Gate;
import tongguan.base.http.Route;
import tongguan.base.http.Viewer;

/**
 * The gate of a development machine: one fixed officer, let in from this machine only. A peer that
 * is not on loopback is refused, and so is a request whose Host is not a loopback name, because a
 * web page elsewhere can point its own name at 127.0.0.1.
 */
public final class DevelopmentAccess implements Gate {
  public static final String READ = "record.read";
  public static final String MESSAGES = "messages.read";
  public static final String REPLAY = "messages.replay";

  private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Viewer OFFICER =
      new Viewer("dev-officer", "開發測試關員", "Development officer", Set.of(READ, MESSAGES, REPLAY));

  @Override
  public Viewer admit(Call call, Route route) {
    InetAddress peer = call.peer().getAddress();
    if (peer == null || !peer.isLoopbackAddress() || !LOOPBACK_NAMES.contains(hostName(call))) {
      throw Problem.of(
          403, "not-here", "開發模式僅接受本機連線。", "In development only this machine itself is let in.");
    }
    if (!route.need().equals(Route.OPEN) && !OFFICER.may(route.need())) {
      throw Problem.of(403, "not-permitted", "無此權限。", "You do not have this permission.");
    }
    return OFFICER;
  }

  private static String hostName(Call call) {
    String host = call.header("Host").orElse("").toLowerCase(Locale.ROOT);
    int port = host.lastIndexOf(':');
    return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
  }
}
