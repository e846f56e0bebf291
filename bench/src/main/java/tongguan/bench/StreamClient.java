package tongguan.bench;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tongguan.base.database.Sql;
import tongguan.fleet.authority.Enrolments;
import tongguan.fleet.channel.Channel;

/** One device that holds its stream and notes when its first order comes. */
final class StreamClient implements AutoCloseable {
  private static final int ENROLMENTS_AT_ONCE = 4;
  private static final int TRIES = 5;
  private static final String HOLDER = "bench";

  private final UUID id;
  private final InetAddress address;
  private final SSLContext context;
  private final CountDownLatch ordered = new CountDownLatch(1);
  private volatile long orderedAt;
  private volatile @Nullable SSLSocket socket;

  private StreamClient(UUID id, InetAddress address, SSLContext context) {
    this.id = id;
    this.address = address;
    this.context = context;
  }

  UUID id() {
    return id;
  }

  /** Devices that were handed out and enrolled, each with a key of its own. */
  static List<StreamClient> enrolled(Database database, Channel channel, int count)
      throws Exception {
    database.inTransaction(tx -> {
      Sql.of(
              tx,
              """
              insert into identity.account (id, name, name_zh, name_en, unit, offline_key)
              values (gen_random_uuid(), ?, '量測', 'Bench', 'HQ', decode(repeat('00', 32), 'hex'))
              """,
              HOLDER)
          .update();
      return Sql.of(
              tx,
              """
              insert into access.zone (name, kind, network, certificate)
              values ('bench', 'office', '127.0.0.0/8', true)
              """)
          .update();
    });
    Semaphore places = new Semaphore(ENROLMENTS_AT_ONCE);
    List<StreamClient> devices = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<StreamClient>> enrolling = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        enrolling.add(
            executor.submit(() -> {
              places.acquire();
              try {
                return enrol(database, channel, number);
              } finally {
                places.release();
              }
            }));
      }
      for (Future<StreamClient> one : enrolling) {
        devices.add(one.get());
      }
    }
    return devices;
  }

  private static StreamClient enrol(Database database, Channel channel, int number)
      throws Exception {
    UUID id = UUID.randomUUID();
    String serial = "BENCH-%05d".formatted(number);
    Enrolments.Made made =
        database.inTransaction(tx -> {
          UUID holder =
              Sql.of(tx, "select id from identity.account where name = ?", HOLDER)
                  .first(row -> row.getObject(1, UUID.class))
                  .orElseThrow();
          Sql.of(
                  tx,
                  """
                  insert into fleet.device (id, serial, kind, unit, state, holder)
                  values (?, ?, 'notebook', 'HQ', 'assigned', ?)
                  """,
                  id,
                  serial,
                  holder)
              .update();
          return channel.enrolments().begin(tx, id, holder, HOLDER);
        });
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    Enrolments.Answer answer =
        channel
            .enrolments()
            .enrol(
                new Enrolments.Asked(
                    made.code().text(), request(keys), serial, List.of(), "bench", "127.0.0.1"),
                "bench");
    if (!(answer instanceof Enrolments.Answer.Enrolled enrolled)) {
      throw StartFailure.environment("A device of the bench was not enrolled.");
    }
    InetAddress address =
        InetAddress.ofLiteral("127.1.%d.%d".formatted(number / 250, 1 + number % 250));
    return new StreamClient(
        id, address, context(keys, parsed(enrolled.certificate()), channel.authority().anchor()));
  }

  private static String request(KeyPair keys) throws IOException, GeneralSecurityException {
    CertificationRequestInfo info =
        new CertificationRequestInfo(
            new X500Name("CN=bench"),
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()),
            new DERSet());
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(info.getEncoded("DER"));
    byte[] der =
        new CertificationRequest(
                info,
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                new DERBitString(signature.sign()))
            .getEncoded();
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getEncoder().encodeToString(der)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }

  private static X509Certificate parsed(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static SSLContext context(
      KeyPair keys, X509Certificate certificate, X509Certificate anchor)
      throws GeneralSecurityException, IOException {
    // Not PKCS #12, which takes ten thousand rounds to protect a key with nothing.
    KeyStore own = KeyStore.getInstance("JKS");
    own.load(null, null);
    own.setKeyEntry("own", keys.getPrivate(), new char[0], new X509Certificate[] {certificate});
    KeyManagerFactory shown = KeyManagerFactory.getInstance("PKIX");
    shown.init(own, new char[0]);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", anchor);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /**
   * Until it was greeted; tried again like a device does.
   *
   * @return how often it was not let in before
   */
  int open(int port) throws IOException {
    for (int failed = 0; ; failed++) {
      try {
        hold(port);
        return failed;
      } catch (IOException refused) {
        close();
        if (failed == TRIES) {
          throw refused;
        }
      }
    }
  }

  /** What comes after the greeting is read on a thread of its own. */
  private void hold(int port) throws IOException {
    Socket bare = new Socket();
    bare.bind(new InetSocketAddress(address, 0));
    bare.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(bare, "127.0.0.1", port, true);
    socket = secure;
    secure.startHandshake();
    secure
        .getOutputStream()
        .write(
            "GET /api/v1/device/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(secure.getInputStream(), StandardCharsets.UTF_8), 512);
    for (String line = lines.readLine(); !"event: hello".equals(line); line = lines.readLine()) {
      if (line == null || line.startsWith("HTTP/1.1 4") || line.startsWith("HTTP/1.1 5")) {
        throw new IOException("not held: " + line);
      }
    }
    Thread.ofVirtual().start(() -> listen(lines));
  }

  private void listen(BufferedReader lines) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("event: command") && ordered.getCount() > 0) {
          orderedAt = System.nanoTime();
          ordered.countDown();
        }
      }
    } catch (IOException closed) {
      // the bench is over
    }
  }

  /** When its order was there. */
  long orderedAt(Duration patience) throws InterruptedException {
    if (!ordered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw StartFailure.environment("A device of the bench never got its order.");
    }
    return orderedAt;
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException gone) {
      // wanted
    }
  }
}
