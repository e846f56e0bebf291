package tongguan.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tongguan.access.radius.GatewayVerb;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.audit.Audit;
import tongguan.base.Folders;
import tongguan.base.Ids;
import tongguan.base.database.Database;

/**
 * Accepts a second of our RADIUS server beside FreeRADIUS, in turns, over the same registry in the
 * same PostgreSQL, asked by the same clients.
 */
final class RadiusBench {
  private static final String APN = "field.customs";
  private static final String PASSWORD = "access point";

  private final int clients;
  private final int seconds;
  private final int rounds;
  private final int sims;
  private final int threads;
  private final PrintStream out;

  private RadiusBench(
      int clients, int seconds, int rounds, int sims, int threads, PrintStream out) {
    this.clients = clients;
    this.seconds = seconds;
    this.rounds = rounds;
    this.sims = sims;
    this.threads = threads;
    this.out = out;
  }

  static void run(List<String> words, PrintStream out) throws Exception {
    Options options =
        new Options(
            "radius", words, Set.of("--clients", "--seconds", "--rounds", "--sims", "--threads"));
    Path scratch = Files.createTempDirectory("tongguan-bench");
    try {
      new RadiusBench(
              options.number("--clients", 128, 1, 4000),
              options.number("--seconds", 10, 1, 600),
              options.number("--rounds", 5, 1, 20),
              options.number("--sims", 2_000, 1, 1_000_000),
              options.number("--threads", 8, 1, 100),
              out)
          .run(scratch);
    } finally {
      Folders.delete(scratch);
    }
  }

  private void run(Path scratch) throws Exception {
    FreeRadius.install(scratch);
    Path data = scratch.resolve("data");
    int port = freePort();
    int accounting = freePort();
    String at = "127.0.0.1:" + port + ":" + accounting;
    try (PlatformProcess platform = PlatformProcess.start(data, 0, Map.of("TONGGUAN_RADIUS", at))) {
      fill(platform);
      String secret = gateway(platform, data, scratch);
      try (FreeRadius other =
          FreeRadius.start(
              scratch.resolve("freeradius"), platform.database(), secret, APN, PASSWORD, threads)) {
        RadiusLoad load =
            new RadiusLoad(
                SharedSecret.of(secret.getBytes(StandardCharsets.US_ASCII)), APN, PASSWORD, sims);
        awaitGateway(load, port);
        measure(load, port, other.port());
        account(load, accounting);
      }
    }
  }

  /** Who the gateways are is read once a second. */
  private static void awaitGateway(RadiusLoad load, int port) throws Exception {
    RadiusLoad.Result first = load.run(port, 1, 3);
    if (first.rate().perSecond() == 0) {
      throw tongguan.base.StartFailure.environment("Our own server does not answer.");
    }
  }

  private void measure(RadiusLoad load, int ours, int theirs) throws Exception {
    out.println("warm-up: " + load.run(ours, clients, Math.min(seconds, 10)).rate());
    out.println("warm-up of FreeRADIUS: " + load.run(theirs, clients, Math.min(seconds, 5)).rate());
    List<Rate> ofOurs = new ArrayList<>();
    List<Rate> ofTheirs = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      RadiusLoad.Result other = load.run(theirs, clients, seconds);
      RadiusLoad.Result own = load.run(ours, clients, seconds);
      ofTheirs.add(other.rate());
      ofOurs.add(own.rate());
      out.printf(
          Locale.ROOT,
          "round %d: FreeRADIUS %s (lost %d, repeated %d, wrong %d) | ours %s (lost %d, repeated %d, wrong %d) | %.2f times%n",
          round,
          other.rate(),
          other.lost(),
          other.repeated(),
          other.wrong(),
          own.rate(),
          own.lost(),
          own.repeated(),
          own.wrong(),
          own.rate().perSecond() / other.rate().perSecond());
    }
    RadiusLoad.Result theirOne = load.run(theirs, 1, Math.min(seconds, 5));
    RadiusLoad.Result ourOne = load.run(ours, 1, Math.min(seconds, 5));
    Rate their = Rate.median(ofTheirs);
    Rate our = Rate.median(ofOurs);
    out.println("| accepts | a second | p50 ms | p95 ms | p99 ms | lost or wrong |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: |");
    out.println(their.row("FreeRADIUS, one query a request, " + clients + " clients"));
    out.println(our.row("ours, " + clients + " clients"));
    out.println(theirOne.rate().row("FreeRADIUS, one client"));
    out.println(ourOne.rate().row("ours, one client"));
    out.printf(Locale.ROOT, "median ratio: %.2f%n", our.perSecond() / their.perSecond());
  }

  private void account(RadiusLoad load, int port) throws Exception {
    RadiusLoad.Result starts = load.startAll(port, clients);
    out.printf(
        Locale.ROOT,
        "%,d Accounting-Starts, each durable before its answer: %s (lost %d, repeated %d, wrong %d)%n",
        sims,
        starts.rate(),
        starts.lost(),
        starts.repeated(),
        starts.wrong());
  }

  /** A registry of as many devices with their SIMs. */
  private void fill(PlatformProcess platform) throws Exception {
    try (Connection owner = platform.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          insert into identity.account (id, name, name_zh, name_en, unit, offline_key)
          values ('00000000-0000-7000-8000-000000000001', 'holder', '持有人', 'Holder', 'HQ',
            decode(repeat('00', 32), 'hex'))
          """);
      for (int n = 0; n < sims; n++) {
        statement.addBatch(
            """
            with device as (
              insert into fleet.device (id, serial, kind, unit, imei, state, holder)
              values (uuidv7(), 'SN-%1$d', 'pda', 'HQ', '%2$s', 'assigned',
                '00000000-0000-7000-8000-000000000001')
              returning id),
            sim as (
              insert into fleet.sim (id, iccid, imsi, msisdn, address, state)
              values (uuidv7(), '89886%1$013d', '%3$s', '%4$s', '%5$s', 'active')
              returning id)
            insert into fleet.pairing (id, sim, device) select uuidv7(), sim.id, device.id from sim, device
            """
                .formatted(
                    n,
                    RadiusLoad.imei(n),
                    RadiusLoad.imsi(n),
                    RadiusLoad.msisdn(n),
                    RadiusLoad.address(n)));
      }
      int[] _ = statement.executeBatch();
      statement.execute("analyze");
    }
  }

  private static String gateway(PlatformProcess platform, Path data, Path scratch)
      throws Exception {
    Path password = Files.writeString(scratch.resolve("apn.password"), PASSWORD);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Clock clock = Clock.systemUTC();
    try (Database database = new Database(platform.database(), 1);
        Audit audit = new Audit(database, new Ids(clock), clock)) {
      int _ =
          GatewayVerb.run(
              List.of(
                  "add",
                  "bench",
                  "--address",
                  "127.0.0.1",
                  "--apn",
                  APN,
                  "--password-file",
                  password.toString()),
              data,
              database,
              audit,
              new PrintStream(printed, true, StandardCharsets.UTF_8));
    }
    return printed.toString(StandardCharsets.UTF_8).lines().findFirst().orElseThrow();
  }

  private static int freePort() throws java.io.IOException {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
