package tongguan.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import tongguan.Platform;
import tongguan.base.database.DatabaseUrl;
import tongguan.fleet.authority.FleetFolder;

/**
 * A platform with its door for devices, in a process of its own, that tells how much memory it uses
 * when it is asked for it with a line.
 */
public final class StreamServer {
  static final List<String> NAMES = List.of("127.0.0.1");

  private StreamServer() {}

  /** Database URL, user, password and the folder of the keys. */
  public static void main(String[] arguments) throws IOException {
    DatabaseUrl url = new DatabaseUrl(arguments[0], arguments[1], arguments[2]);
    try (Platform platform = new Platform(url, url, 0, Clock.systemUTC())) {
      platform.channel().open(new FleetFolder(Path.of(arguments[3])));
      platform.listen(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          platform.channel().authority().serverIdentity(NAMES),
          NAMES,
          List.of());
      platform.start();
      System.out.println("ready " + platform.securePort());
      serve(platform);
    }
  }

  private static void serve(Platform platform) throws IOException {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    try (BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (asked.readLine() != null) {
        memory.gc();
        memory.gc();
        System.out.println(
            "memory "
                + memory.getHeapMemoryUsage().getUsed()
                + " "
                + platform.channel().streams().count());
      }
    }
  }
}
