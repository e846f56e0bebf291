package tongguan.core.sea;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.CloseableHandle;
import org.apache.sshd.sftp.client.SftpClient.CopyMode;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;
import tongguan.core.Line;
import tongguan.core.NotUnderstood;

/**
 * SFTP to the one server of the settings, which must prove the pinned key. Nothing of the account's
 * home is read: no configuration, no known hosts, no keys, no agent. One session serves many
 * conversations and is made anew when it has broken.
 */
final class Sftp implements AutoCloseable {
  /** What a server sends at most in one go; larger reads come in pieces. */
  private static final int PIECE = 32 * 1024;

  static {
    // The other provider on the class path serves the hashing of passwords and nothing else.
    System.setProperty("org.apache.sshd.security.provider.BC.enabled", "false");
  }

  private final SeaSettings settings;
  private final SshClient client;
  private @Nullable ClientSession session;

  Sftp(SeaSettings settings) {
    this.settings = settings;
    this.client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(pinned(settings));
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setAgentFactory(null);
    client.setUserAuthFactories(
        List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
    client.setNioWorkers(2);
    CoreModuleProperties.PASSWORD_PROMPTS.set(client, 1);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, Duration.ofSeconds(10));
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 2);
    client.start();
  }

  private static ServerKeyVerifier pinned(SeaSettings settings) {
    return (session, address, key) -> KeyUtils.compareKeys(settings.hostKey(), key);
  }

  /** Work with files of the server. */
  @FunctionalInterface
  interface Work<T> {
    T with(SftpClient files) throws Exception;
  }

  /** Under the platform's own account. */
  <T> T asPlatform(Line.Attempt attempt, Work<T> work) throws Exception {
    ClientSession mine = mine(attempt);
    boolean sound = false;
    try {
      T result = work(attempt, mine, work);
      sound = true;
      return result;
    } finally {
      if (!sound) {
        mine.close(true);
      }
    }
  }

  /** Under an officer's account, on a session of its own that ends with the work. */
  <T> T asOfficer(Line.Attempt attempt, String user, String password, Work<T> work)
      throws Exception {
    try (ClientSession theirs = connect(attempt, user)) {
      theirs.addPasswordIdentity(password);
      theirs.auth().verify(attempt.left());
      return work(attempt, theirs, work);
    }
  }

  private static <T> T work(Line.Attempt attempt, ClientSession session, Work<T> work)
      throws Exception {
    attempt.cutting(() -> session.close(true));
    try (SftpClient files = SftpClientFactory.instance().createSftpClient(session)) {
      return work.with(files);
    }
  }

  private synchronized ClientSession mine(Line.Attempt attempt) throws Line.NotSent {
    ClientSession open = session;
    if (open != null && open.isOpen() && !open.isClosing()) {
      return open;
    }
    try {
      ClientSession fresh = connect(attempt, settings.user());
      settings.key().ifPresent(fresh::addPublicKeyIdentity);
      settings.password().ifPresent(fresh::addPasswordIdentity);
      fresh.auth().verify(attempt.left());
      session = fresh;
      return fresh;
    } catch (IOException | RuntimeException e) {
      throw new Line.NotSent("no session: " + e.getClass().getSimpleName());
    }
  }

  private ClientSession connect(Line.Attempt attempt, String user)
      throws IOException, Line.NotSent {
    try {
      ClientSession fresh =
          client
              .connect(user, settings.host(), settings.port())
              .verify(attempt.left())
              .getSession();
      attempt.cutting(() -> fresh.close(true));
      return fresh;
    } catch (ConnectException refused) {
      throw new Line.NotSent("no connection");
    }
  }

  /** Whole, or not at all: nobody reads a file under the name that it has while it is written. */
  static void write(SftpClient files, String name, byte[] bytes, Runnable arriving)
      throws IOException {
    String unfinished = name + ".part";
    try (CloseableHandle file =
        files.open(unfinished, OpenMode.Write, OpenMode.Create, OpenMode.Truncate)) {
      for (int at = 0; at < bytes.length; at += PIECE) {
        files.write(file, at, bytes, at, Math.min(PIECE, bytes.length - at));
      }
    }
    arriving.run();
    files.rename(unfinished, name, new CopyMode[0]);
  }

  static byte[] read(SftpClient files, String name) throws IOException, NotUnderstood {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    try (CloseableHandle file = files.open(name, OpenMode.Read)) {
      int count = files.read(file, 0, piece);
      while (count > 0) {
        whole.write(piece, 0, count);
        if (whole.size() > Limits.CORE_ANSWER_BYTES) {
          throw new NotUnderstood("a file that is too large");
        }
        count = files.read(file, whole.size(), piece);
      }
    }
    return whole.toByteArray();
  }

  /** Names of a folder that come behind another one, in order. */
  static List<String> names(SftpClient files, String folder, String after, int most)
      throws IOException, NotUnderstood {
    List<String> names = new ArrayList<>();
    int seen = 0;
    for (SftpClient.DirEntry entry : files.readDir(folder)) {
      if (++seen > Limits.CORE_FILES) {
        throw new NotUnderstood("a folder of too many files");
      }
      String name = entry.getFilename();
      if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
          && !name.endsWith(".part")
          && name.compareTo(after) > 0) {
        names.add(name);
      }
    }
    return names.stream().sorted().limit(most).toList();
  }

  @Override
  public void close() {
    client.stop();
  }
}
