package tongguan.steward.peer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority of the test's own, made with the JDK's keytool: which so reads our
 * certificate requests as a stranger's program would.
 */
public final class TestAuthority {
  private static final String PASSWORD = "of-the-test";

  private final Path folder;
  private @Nullable KeyStore usual;

  /** {@code folder} is empty. */
  public TestAuthority(Path folder) throws IOException {
    this.folder = folder;
    keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-validity",
        "30",
        "-dname",
        "CN=authority of a test",
        "-ext",
        "bc:c");
  }

  /**
   * A server's key and certificate for 127.0.0.1, 10.9.0.2 and localhost, the authority behind it.
   */
  public KeyStore server() throws IOException, GeneralSecurityException {
    if (usual == null) {
      usual = server("SAN=IP:127.0.0.1,IP:10.9.0.2,DNS:localhost", "EKU=serverAuth");
    }
    return usual;
  }

  public KeyStore server(String names, String use) throws IOException, GeneralSecurityException {
    if (!Files.exists(folder.resolve("server.csr"))) {
      keytool(
          "-genkeypair",
          "-alias",
          "server",
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1",
          "-dname",
          "CN=server of a test");
    }
    keytool("-certreq", "-alias", "server", "-file", path("server.csr"));
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        path("server.csr"),
        "-outfile",
        path("server.crt"),
        "-validity",
        "30",
        "-ext",
        names,
        "-ext",
        use);
    keytool("-importcert", "-noprompt", "-alias", "server", "-file", path("server.crt"));
    KeyStore all = KeyStore.getInstance(folder.resolve("keys").toFile(), PASSWORD.toCharArray());
    KeyStore server = KeyStore.getInstance("PKCS12");
    server.load(null, null);
    server.setKeyEntry(
        "server",
        all.getKey("server", PASSWORD.toCharArray()),
        PASSWORD.toCharArray(),
        all.getCertificateChain("server"));
    return server;
  }

  public char[] password() {
    return PASSWORD.toCharArray();
  }

  /** A device's certificate for a request; throws if keytool does not understand it. */
  public String sign(String requestPem, String name, List<String> more) throws IOException {
    Files.writeString(folder.resolve("device.csr"), requestPem);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-infile",
                path("device.csr"),
                "-outfile",
                path("device.crt"),
                "-dname",
                "CN=" + name,
                "-ext",
                "EKU=clientAuth"));
    arguments.addAll(more);
    keytool(arguments.toArray(String[]::new));
    return Files.readString(folder.resolve("device.crt"));
  }

  public X509Certificate certificate() throws IOException {
    if (!Files.exists(folder.resolve("ca.crt"))) {
      keytool("-exportcert", "-rfc", "-alias", "ca", "-file", path("ca.crt"));
    }
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(Files.readAllBytes(folder.resolve("ca.crt"))));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  public String pem() throws IOException {
    certificate();
    return Files.readString(folder.resolve("ca.crt"));
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  private void keytool(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-keystore", path("keys"), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool: " + out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
