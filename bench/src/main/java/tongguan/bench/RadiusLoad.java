package tongguan.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiPredicate;
import tongguan.access.radius.wire.Code;
import tongguan.access.radius.wire.Draft;
import tongguan.access.radius.wire.Packet;
import tongguan.access.radius.wire.Password;
import tongguan.access.radius.wire.SharedSecret;
import tongguan.access.radius.wire.Signature;
import tongguan.access.radius.wire.ThreeGpp;
import tongguan.access.radius.wire.Type;

/**
 * Many gateways' worth of Access-Requests: each client has a socket of its own, asks for a SIM at
 * random, waits for the answer, and asks again. Every answer is held against both of its signatures
 * and must be an accept with the SIM's own address.
 */
final class RadiusLoad {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final int TRIES = 3;

  private final SharedSecret secret;
  private final String apn;
  private final byte[] password;
  private final int sims;

  RadiusLoad(SharedSecret secret, String apn, String password, int sims) {
    this.secret = secret;
    this.apn = apn;
    this.password = password.getBytes(StandardCharsets.UTF_8);
    this.sims = sims;
  }

  /** The n-th SIM of the registry that the bench makes. */
  static String imsi(int n) {
    return "4669200%08d".formatted(n);
  }

  static String msisdn(int n) {
    return "8869%08d".formatted(n);
  }

  static String imei(int n) {
    return "35%012d".formatted(n);
  }

  static String address(int n) {
    return "10.%d.%d.%d".formatted(64 + (n >> 16), n >> 8 & 0xFF, n & 0xFF);
  }

  /**
   * @param lost requests without an answer after three tries
   * @param repeated tries that had to be made again
   * @param wrong answers that were not what they must be
   */
  record Result(Rate rate, long lost, long repeated, long wrong) {}

  private static final class Client {
    private long[] nanos = new long[4096];
    private int count;
    private long lost;
    private long repeated;
    private long wrong;

    void took(long time) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = time;
    }
  }

  Result run(int port, int clients, int seconds) throws InterruptedException, ExecutionException {
    long started = System.nanoTime();
    long end = started + seconds * 1_000_000_000L;
    List<Client> done = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Client>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(executor.submit(() -> askUntil(end, port)));
      }
      for (Future<Client> client : running) {
        done.add(client.get());
      }
    }
    return result(done, (System.nanoTime() - started) / 1e9);
  }

  private static Result result(List<Client> done, double took) {
    long[] all =
        done.stream()
            .flatMapToLong(client -> Arrays.stream(client.nanos, 0, client.count))
            .sorted()
            .toArray();
    long lost = done.stream().mapToLong(client -> client.lost).sum();
    long wrong = done.stream().mapToLong(client -> client.wrong).sum();
    return new Result(
        new Rate(all.length / took, at(all, 0.5), at(all, 0.95), at(all, 0.99), lost + wrong),
        lost,
        done.stream().mapToLong(client -> client.repeated).sum(),
        wrong);
  }

  /** Accounting-Start of every SIM, once: what comes when a whole site moves to wireless. */
  Result startAll(int port, int clients) throws InterruptedException, ExecutionException {
    long started = System.nanoTime();
    List<Client> done = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Client>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int first = i;
        running.add(executor.submit(() -> startEach(first, clients, port)));
      }
      for (Future<Client> client : running) {
        done.add(client.get());
      }
    }
    return result(done, (System.nanoTime() - started) / 1e9);
  }

  private Client startEach(int first, int step, int port) throws IOException {
    Client client = new Client();
    try (DatagramSocket socket = socket(port)) {
      for (int sim = first; sim < sims; sim += step) {
        byte[] request =
            identified(Draft.of(Code.ACCOUNTING_REQUEST, sim & 0xFF), sim)
                .with(Type.ACCT_STATUS_TYPE, 1)
                .with(Type.ACCT_SESSION_ID, "bench-" + sim)
                .with(Type.FRAMED_IP_ADDRESS, InetAddress.ofLiteral(address(sim)))
                .with(Type.EVENT_TIMESTAMP, Clock.systemUTC().instant().getEpochSecond())
                .asking(secret);
        ask(socket, client, request, this::isKept);
      }
    }
    return client;
  }

  private boolean isKept(Packet answer, Packet request) {
    return answer.code() == Code.ACCOUNTING_RESPONSE
        && answer.identifier() == request.identifier()
        && Signature.holds(answer, secret, request, true);
  }

  private static DatagramSocket socket(int port) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    socket.connect(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private Client askUntil(long end, int port) throws IOException {
    Client client = new Client();
    try (DatagramSocket socket = socket(port)) {
      for (int i = 0; System.nanoTime() < end; i++) {
        int sim = ThreadLocalRandom.current().nextInt(sims);
        ask(socket, client, request(sim, i & 0xFF), (answer, asked) -> isRight(answer, asked, sim));
      }
    }
    return client;
  }

  private static void ask(
      DatagramSocket socket, Client client, byte[] bytes, BiPredicate<Packet, Packet> right)
      throws IOException {
    Packet request = (Packet) Packet.parse(bytes, bytes.length);
    byte[] buffer = new byte[4096];
    long before = System.nanoTime();
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      client.repeated += attempt > 1 ? 1 : 0;
      socket.send(new DatagramPacket(bytes, bytes.length));
      DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(answer);
      } catch (SocketTimeoutException nothing) {
        continue;
      }
      client.took(System.nanoTime() - before);
      boolean good =
          Packet.parse(buffer, answer.getLength()) instanceof Packet packet
              && right.test(packet, request);
      client.wrong += good ? 0 : 1;
      return;
    }
    client.lost++;
  }

  private byte[] request(int sim, int identifier) {
    byte[] authenticator = new byte[16];
    // It protects nothing here.
    ThreadLocalRandom.current().nextBytes(authenticator);
    return identified(Draft.of(Code.ACCESS_REQUEST, identifier), sim)
        .with(Type.USER_PASSWORD, Password.hidden(password, authenticator, secret))
        .asking(authenticator, secret);
  }

  private Draft identified(Draft draft, int sim) {
    return draft
        .with(Type.USER_NAME, "field")
        .with(Type.NAS_IDENTIFIER, "bench")
        .with(Type.NAS_PORT_TYPE, 18)
        .with(Type.CALLED_STATION_ID, apn)
        .with(Type.CALLING_STATION_ID, msisdn(sim))
        .withThreeGpp(ThreeGpp.IMSI, imsi(sim).getBytes(StandardCharsets.US_ASCII))
        .withThreeGpp(ThreeGpp.IMEISV, (imei(sim) + "01").getBytes(StandardCharsets.US_ASCII))
        .withThreeGpp(ThreeGpp.RAT_TYPE, new byte[] {6});
  }

  private boolean isRight(Packet answer, Packet request, int sim) {
    return answer.code() == Code.ACCESS_ACCEPT
        && answer.identifier() == request.identifier()
        && Signature.holds(answer, secret, request, false)
        && answer
            .address(Type.FRAMED_IP_ADDRESS)
            .filter(address -> address.getHostAddress().equals(address(sim)))
            .isPresent();
  }

  private static double at(long[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
  }
}
