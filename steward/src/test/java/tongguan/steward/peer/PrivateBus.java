package tongguan.steward.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real dbus-daemon of the test's own, in a folder of its own; nothing of the machine's is on it.
 */
public final class PrivateBus implements AutoCloseable {
  private final Process daemon;
  private final Path socket;

  public PrivateBus(Path folder) throws IOException {
    socket = folder.resolve("bus");
    Path configuration = folder.resolve("bus.conf");
    Files.writeString(
        configuration,
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
         "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:path=%s</listen>
          <auth>EXTERNAL</auth>
          <policy context="default">
            <allow user="*"/><allow own="*"/>
            <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
          </policy>
        </busconfig>
        """
            .formatted(socket));
    daemon =
        new ProcessBuilder(
                "dbus-daemon",
                "--nofork",
                "--nopidfile",
                "--print-address",
                "--config-file=" + configuration)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (daemon.inputReader(StandardCharsets.UTF_8).readLine() == null) {
      throw new IOException("dbus-daemon did not start");
    }
  }

  public String address() {
    return "unix:path=" + socket;
  }

  @Override
  public void close() {
    daemon.destroyForcibly();
  }
}
