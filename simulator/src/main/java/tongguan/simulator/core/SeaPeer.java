package tongguan.simulator.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sea clearance: an SFTP server. The platform comes with a key and finds {@code in/}, {@code out/},
 * {@code asked/} and {@code answered/}; an officer comes with a password and finds {@code
 * session.json}.
 */
final class SeaPeer implements Peer {
  private static final String PLATFORM = "tongguan";
  private static final int HUGE = 50 * 1024 * 1024;

  private final Parts parts;
  private final Service service;
  private final Path files;
  private final Path keyFile;
  private final SshServer server;
  private final Door door;
  private final PublicKey hostKey;
  private final Semaphore news = new Semaphore(1);
  private final Thread clerk;
  private long written;

  SeaPeer(Parts parts, Clock clock) throws IOException, GeneralSecurityException {
    this.parts = parts;
    this.service = new Service(parts.books(), parts.accounts(), clock);
    this.files = parts.data().resolve("files");
    for (String folder : List.of("in", "out", "asked", "answered")) {
      Files.createDirectories(files.resolve(PLATFORM).resolve(folder));
    }
    this.keyFile = parts.data().resolve("client.key");
    KeyPair host = kept(parts.data().resolve("host"));
    KeyPair client = kept(parts.data().resolve("client"));
    this.hostKey = host.getPublic();
    this.server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(host));
    server.setPublickeyAuthenticator((user, key, session) ->
        user.equals(PLATFORM) && KeyUtils.compareKeys(client.getPublic(), key));
    server.setPasswordAuthenticator(this::signIn);
    VirtualFileSystemFactory homes = new VirtualFileSystemFactory(files.resolve("nobody"));
    for (String user : parts.accounts().all().keySet()) {
      homes.setUserHomeDir(user, Files.createDirectories(files.resolve("officers").resolve(user)));
    }
    homes.setUserHomeDir(PLATFORM, files.resolve(PLATFORM));
    server.setFileSystemFactory(homes);
    SftpSubsystemFactory sftp = new SftpSubsystemFactory();
    sftp.addSftpEventListener(new Mishaps());
    server.setSubsystemFactories(List.of(sftp));
    server.setNioWorkers(2);
    server.start();
    this.door = Door.open(parts.options().port(), server.getPort(), new Door.Manner() {});
    this.clerk = Thread.ofPlatform().name("clerk").daemon().start(this::work);
  }

  /** A key that is made at the first start. */
  private static KeyPair kept(Path name) throws IOException, GeneralSecurityException {
    Path file = name.resolveSibling(name.getFileName() + ".pair");
    if (!Files.exists(file)) {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair made = generator.generateKeyPair();
      try (OutputStream key =
          Files.newOutputStream(name.resolveSibling(name.getFileName() + ".key"))) {
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(made, "test", null, key);
      }
      Files.writeString(
          file,
          Certificates.pem("PRIVATE KEY", made.getPrivate().getEncoded())
              + Certificates.pem("PUBLIC KEY", made.getPublic().getEncoded()));
    }
    return Certificates.pair(Files.readString(file));
  }

  private boolean signIn(String user, String password, ServerSession session) {
    HttpsPeer.pause(parts.options().latency());
    Optional<Faults.Kind> fault = parts.faults().take("sign-in");
    fault.filter(Faults.Kind.SLOW::equals).ifPresent(_ -> HttpsPeer.pause(parts.faults().millis()));
    Accounts.Answer answer = parts.accounts().signIn(user, password);
    try {
      if (answer.token().isEmpty()) {
        session.disconnect(
            SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
            answer.code() + ' ' + answer.text());
        return false;
      }
      Path home = files.resolve("officers").resolve(user);
      byte[] content = Json.bytes(Service.json(answer.token().get()));
      put(home.resolve("session.json"), content);
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /** Whole, or not at all. */
  private static void put(Path file, byte[] content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    Files.write(unfinished, content);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Never as a whole in memory, of which there is less. */
  private static void huge(Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    byte[] piece = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(unfinished)) {
      for (int written = 0; written < HUGE; written += piece.length) {
        out.write(piece);
      }
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What happens around the renaming of a file. */
  private final class Mishaps implements SftpEventListener {
    @Override
    public void moving(ServerSession session, Path from, Path to, Collection<CopyOption> options)
        throws IOException {
      HttpsPeer.pause(parts.options().latency());
    }

    @Override
    public void moved(
        ServerSession session,
        Path from,
        Path to,
        Collection<CopyOption> options,
        @Nullable Throwable thrown)
        throws IOException {
      news.release();
      if (thrown != null || !to.startsWith("/in")) {
        return;
      }
      Optional<Faults.Kind> fault = parts.faults().take("submit");
      if (fault.isEmpty()) {
        return;
      }
      switch (fault.get()) {
        case SLOW -> HttpsPeer.pause(parts.faults().millis());
        case LOST_REPLY, CUT -> {
          session.close(true);
          throw new IOException("gone");
        }
        default -> throw new IOException("failed");
      }
    }
  }

  /** Reads what came in, and writes what there is to tell, until the process ends. */
  private void work() {
    try {
      while (true) {
        try {
          orders();
          questions();
          tell();
        } catch (IOException | RuntimeException e) {
          System.err.println("sea: " + e);
        }
        boolean _ = news.tryAcquire(500, TimeUnit.MILLISECONDS);
        news.drainPermits();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Path> waiting(String folder) throws IOException {
    try (Stream<Path> all = Files.list(files.resolve(PLATFORM).resolve(folder))) {
      return all.filter(file -> !file.toString().endsWith(".part")).sorted().toList();
    }
  }

  private void orders() throws IOException {
    for (Path file : waiting("in")) {
      try {
        service.submit(OrderFile.read(Files.readString(file)));
      } catch (RuntimeException notAnOrder) {
        System.err.println("sea: " + file.getFileName() + " is no order");
      }
      Files.deleteIfExists(file);
    }
  }

  private void questions() throws IOException {
    for (Path file : waiting("asked")) {
      JsonNode question = Json.read(Files.readAllBytes(file));
      String ask = question.path("ask").asString("");
      Optional<Faults.Kind> fault = parts.faults().take(ask.equals("order") ? "ask" : ask);
      Reply reply = reply(ask, question);
      Optional<byte[]> answer = answer(reply, fault);
      Path answered = files.resolve(PLATFORM).resolve("answered").resolve(file.getFileName());
      if (fault.filter(Faults.Kind.HUGE::equals).isPresent()) {
        huge(answered);
      } else if (answer.isPresent()) {
        put(answered, answer.get());
      }
      Files.deleteIfExists(file);
    }
  }

  private Reply reply(String ask, JsonNode question) {
    String token = question.path("token").asString("");
    String key = question.path("key").asString("");
    return switch (ask) {
      case "order" -> order(UUID.fromString(key));
      case "query" -> service.query(token, question.path("kind").asString(""), key);
      default -> service.signOut(token);
    };
  }

  /** Also an order that lies in the tray and that nobody has come to. */
  private Reply order(UUID key) {
    Reply reply = service.ask(key);
    Path file = files.resolve(PLATFORM).resolve("in").resolve(key + ".edi");
    return reply.status() == 404 && Files.exists(file)
        ? Reply.of(200, Json.object().put("key", key.toString()).put("state", "working"))
        : reply;
  }

  private Optional<byte[]> answer(Reply reply, Optional<Faults.Kind> fault) {
    byte[] good = Json.bytes(reply.body());
    if (fault.isEmpty()) {
      return Optional.of(good);
    }
    return switch (fault.get()) {
      case GARBAGE -> {
        byte[] garbage = new byte[2000];
        new Random(1).nextBytes(garbage);
        yield Optional.of(garbage);
      }
      case OTHER_RECORD, OTHER_DECLARATION ->
          Optional.of(Json.bytes(reply.mixedUp(fault.get()).body()));
      // Whoever asked waits in vain.
      case DOWN, SLOW, HALF_OPEN, CUT, LOST_REPLY, ERROR_AFTER, HUGE -> Optional.empty();
    };
  }

  /** Events become files in the order of their numbers; after a crash those that are missing. */
  private void tell() throws IOException {
    Path out = files.resolve(PLATFORM).resolve("out");
    for (Books.Event event : parts.books().eventsAfter(written, 1000)) {
      Path file = out.resolve("%012d.%s".formatted(event.number(), event.type()));
      if (!Files.exists(file)) {
        put(file, event.text().getBytes(StandardCharsets.UTF_8));
      }
      written = event.number();
    }
  }

  @Override
  public Door door() {
    return door;
  }

  @Override
  public ObjectNode connection() {
    return Json.object()
        .put("host", "127.0.0.1")
        .put("port", door.port())
        .put("hostKey", PublicKeyEntry.toString(hostKey))
        .put("user", PLATFORM)
        .put("keyFile", keyFile.toString());
  }

  @Override
  public void close() throws IOException {
    clerk.interrupt();
    door.close();
    server.stop(true);
  }
}
