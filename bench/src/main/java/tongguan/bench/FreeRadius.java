package tongguan.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tongguan.base.StartFailure;
import tongguan.base.database.DatabaseUrl;

/**
 * FreeRADIUS on a free port of loopback, with a folder of its own, asking the same registry: the
 * same decision as ours, in one query a request, and the same attributes in its answer.
 */
final class FreeRadius implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/freeradius");

  private final Process process;
  private final int port;

  private FreeRadius(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Debian's packages, where they are missing; its service is not started. */
  static void install(Path scratch) throws IOException, InterruptedException {
    boolean there =
        Files.exists(PROGRAM) && Files.exists(Path.of("/usr/lib/freeradius/rlm_sql_postgresql.so"));
    if (!there) {
      String unused =
          Tool.run(
              List.of(
                  "apt-get",
                  "install",
                  "-y",
                  "-qq",
                  "--no-install-recommends",
                  "freeradius",
                  "freeradius-postgresql"),
              Map.of("DEBIAN_FRONTEND", "noninteractive", "RUNLEVEL", "1"),
              scratch,
              "apt");
    }
  }

  static FreeRadius start(
      Path folder, DatabaseUrl database, String secret, String apn, String password, int threads)
      throws IOException {
    int port = freePort();
    Files.createDirectories(folder);
    URI uri = URI.create(database.jdbc().substring("jdbc:".length()));
    Files.writeString(
        folder.resolve("radiusd.conf"),
        CONFIGURATION
            .replace("@FOLDER@", folder.toString())
            .replace("@THREADS@", String.valueOf(threads))
            .replace("@PORT@", String.valueOf(port))
            .replace("@SECRET@", secret)
            .replace("@APN@", apn)
            .replace("@PASSWORD@", password)
            .replace("@QUERY@", QUERY.replaceAll("\\s+", " ").strip())
            .replace("@HOST@", uri.getHost())
            .replace("@DATABASE_PORT@", String.valueOf(uri.getPort()))
            .replace("@USER@", database.user())
            .replace("@DATABASE_PASSWORD@", database.password())
            .replace("@DATABASE@", uri.getPath().substring(1)));
    Files.writeString(folder.resolve("dictionary"), "$INCLUDE /usr/share/freeradius/dictionary\n");
    Path log = folder.resolve("output.log");
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-f",
                "-d",
                folder.toString(),
                "-n",
                "radiusd",
                "-l",
                folder.resolve("radius.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new FreeRadius(process, port).awaited(folder.resolve("radius.log"));
  }

  private FreeRadius awaited(Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(log) && Files.readString(log).contains("Ready to process requests")) {
        return this;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    String said = Files.exists(log) ? Files.readString(log) : "nothing";
    close();
    throw StartFailure.environment("FreeRADIUS did not start; it said: " + said.strip());
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** Who is let in, and at which address: what our own statement asks. */
  private static final String QUERY =
      """
      select host(s.address) from fleet.sim s
      join fleet.pairing p on p.sim = s.id and p.until is null
      join fleet.device d on d.id = p.device
      where s.imsi = '%{3GPP-IMSI}' and s.state = 'active' and s.msisdn = '%{Calling-Station-Id}'
      and d.state = 'assigned' and d.imei = left('%{3GPP-IMEISV}', 14)
      """;

  private static final String CONFIGURATION =
      """
      prefix = /usr
      libdir = /usr/lib/freeradius
      logdir = @FOLDER@
      run_dir = @FOLDER@
      pidfile = @FOLDER@/pid
      max_request_time = 30
      cleanup_delay = 5
      max_requests = 262144
      hostname_lookups = no
      log {
        destination = files
        file = @FOLDER@/radius.log
        auth = no
      }
      security {
        allow_core_dumps = no
        max_attributes = 200
        reject_delay = 0
        status_server = yes
      }
      thread pool {
        start_servers = @THREADS@
        max_servers = @THREADS@
        min_spare_servers = 1
        max_spare_servers = @THREADS@
        max_requests_per_server = 0
        max_queue_size = 65536
      }
      modules {
        always reject {
          rcode = reject
        }
        pap {
          normalise = no
        }
        sql {
          driver = "rlm_sql_postgresql"
          dialect = "postgresql"
          server = "@HOST@"
          port = @DATABASE_PORT@
          login = "@USER@"
          password = "@DATABASE_PASSWORD@"
          radius_db = "@DATABASE@"
          read_clients = no
          read_groups = no
          read_profiles = no
          delete_stale_sessions = no
          sql_user_name = "%{3GPP-IMSI}"
          safe_characters = "@abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_: /"
          pool {
            start = @THREADS@
            min = @THREADS@
            max = @THREADS@
            spare = 0
            uses = 0
            lifetime = 0
            idle_timeout = 0
          }
        }
      }
      client bench {
        ipaddr = 127.0.0.1
        secret = @SECRET@
        require_message_authenticator = yes
      }
      server bench {
        listen {
          type = auth
          ipaddr = 127.0.0.1
          port = @PORT@
        }
        authorize {
          if (&Called-Station-Id != "@APN@") {
            reject
          }
          update reply {
            Message-Authenticator := 0x00
          }
          update control {
            Cleartext-Password := "@PASSWORD@"
            Tmp-String-0 := "%{sql:@QUERY@}"
          }
          if (&control:Tmp-String-0 == "") {
            reject
          }
          update reply {
            Framed-IP-Address := "%{control:Tmp-String-0}"
            Framed-IP-Netmask := 255.255.255.255
            Session-Timeout := 43200
            Idle-Timeout := 1800
            Acct-Interim-Interval := 300
          }
          pap
        }
        authenticate {
          Auth-Type PAP {
            pap
          }
        }
      }
      """;

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
