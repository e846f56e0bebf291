package tongguan.identity.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real OpenLDAP server: a process of its own, on loopback, with a folder of its own. */
public final class Slapd implements AutoCloseable {
  public static final String BASE = "ou=people,dc=customs,dc=test";
  public static final String PLATFORM = "cn=tongguan,dc=customs,dc=test";
  static final String PLATFORM_PASSWORD = "the platform's own, 42";

  private final Path folder;
  public final int port;
  final int tlsPort;
  private Process process;

  private Slapd(Path folder, int port, int tlsPort) throws IOException {
    this.folder = folder;
    this.port = port;
    this.tlsPort = tlsPort;
    this.process = launch();
  }

  /**
   * With these people, by {@code uid} and password.
   *
   * @param referral the port that an entry of the directory says to ask instead
   */
  public static Slapd start(Path folder, Map<String, String> people, int referral)
      throws IOException, InterruptedException {
    Files.createDirectories(folder.resolve("db"));
    certificate(folder, "right", "san=ip:127.0.0.1,dns:localhost");
    Files.writeString(folder.resolve("slapd.conf"), configuration(folder));
    Files.writeString(folder.resolve("people.ldif"), people(people, referral));
    Files.writeString(folder.resolve("platform.password"), PLATFORM_PASSWORD + "\n");
    run(folder, "/usr/sbin/slapadd", "-f", "slapd.conf", "-l", "people.ldif");
    return new Slapd(folder, freePort(), freePort());
  }

  private static String configuration(Path folder) {
    // Lets binds without a password in as nobody, as directories of agencies do.
    return """
    include /etc/ldap/schema/core.schema
    include /etc/ldap/schema/cosine.schema
    include /etc/ldap/schema/inetorgperson.schema
    pidfile %1$s/slapd.pid
    modulepath /usr/lib/ldap
    moduleload back_mdb
    allow bind_anon_dn bind_anon_cred
    TLSCertificateFile %1$s/right.pem
    TLSCertificateKeyFile %1$s/right.key
    database mdb
    suffix "dc=customs,dc=test"
    directory %1$s/db
    maxsize 16777216
    access to attrs=userPassword by anonymous auth by * none
    access to * by dn.exact="%2$s" read by * none
    """
        .formatted(folder, PLATFORM);
  }

  private static String people(Map<String, String> people, int referral) {
    StringBuilder ldif =
        new StringBuilder(
            """
            dn: dc=customs,dc=test
            objectClass: domain
            dc: customs

            dn: %s
            objectClass: organizationalRole
            objectClass: simpleSecurityObject
            cn: tongguan
            userPassword: %s

            dn: %s
            objectClass: organizationalUnit
            ou: people

            dn: ou=other,%s
            objectClass: organizationalUnit
            ou: other

            dn: cn=elsewhere,%s
            objectClass: referral
            objectClass: extensibleObject
            cn: elsewhere
            ref: ldap://127.0.0.1:%d/%s

            """
                .formatted(PLATFORM, PLATFORM_PASSWORD, BASE, BASE, BASE, referral, BASE));
    person(ldif, "uid=twice," + BASE, "twice", "the same for both");
    person(ldif, "uid=twice,ou=other," + BASE, "twice", "the same for both");
    people.forEach((uid, password) -> person(ldif, "uid=" + uid + ',' + BASE, uid, password));
    return ldif.toString();
  }

  private static void person(StringBuilder ldif, String dn, String uid, String password) {
    ldif.append(
        """
        dn: %s
        objectClass: inetOrgPerson
        uid: %s
        cn: %s
        sn: Officer
        userPassword:: %s

        """
            .formatted(dn, uid, uid, Base64.getEncoder().encodeToString(password.getBytes(UTF_8))));
  }

  private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;

  /** A certificate that believes itself, with its key. */
  static Path certificate(Path folder, String name, String extension)
      throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    run(
        folder,
        List.of(keytool, "-genkeypair", "-alias", "k", "-keyalg", "RSA", "-keysize", "2048"),
        List.of("-dname", "CN=" + name, "-ext", extension, "-validity", "2"),
        List.of("-keystore", name + ".p12", "-storepass", "changeit", "-storetype", "PKCS12"));
    try (var in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, "changeit".toCharArray());
      Key key = store.getKey("k", "changeit".toCharArray());
      pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
      Path certificate = folder.resolve(name + ".pem");
      pem(certificate, "CERTIFICATE", store.getCertificate("k").getEncoded());
      return certificate;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void pem(Path file, String what, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
  }

  @SafeVarargs
  private static void run(Path folder, List<String>... parts)
      throws IOException, InterruptedException {
    run(folder, java.util.Arrays.stream(parts).flatMap(List::stream).toArray(String[]::new));
  }

  private static void run(Path folder, String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("run.log").toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("run.log")));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(
                "/usr/sbin/slapd",
                "-d",
                "0",
                "-f",
                folder.resolve("slapd.conf").toString(),
                "-h",
                "ldap://127.0.0.1:" + port + "/ ldaps://127.0.0.1:" + tlsPort + "/")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("slapd.log").toFile())
            .start();
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> answers(port) && answers(tlsPort));
    return started;
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What an installation sets so that its accounts come from here. */
  public Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("TONGGUAN_LDAP_URL", "ldap://127.0.0.1:" + port);
    settings.put("TONGGUAN_LDAP_BASE", BASE);
    settings.put("TONGGUAN_LDAP_BIND_DN", PLATFORM);
    settings.put(
        "TONGGUAN_LDAP_BIND_PASSWORD_FILE", folder.resolve("platform.password").toString());
    settings.put("TONGGUAN_LDAP_CA_FILE", folder.resolve("right.pem").toString());
    return settings;
  }

  /** Stops answering, as a machine does that is out of memory: connections open and hang. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    run(folder, "kill", signal, String.valueOf(process.pid()));
  }

  public void stop() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public void startAgain() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
