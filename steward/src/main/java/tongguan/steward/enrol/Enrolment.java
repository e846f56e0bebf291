package tongguan.steward.enrol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Set;
import tongguan.steward.base.Json;
import tongguan.steward.base.Texts;
import tongguan.steward.wire.PlatformAddress;
import tongguan.steward.wire.PlatformLine;
import tongguan.steward.wire.Tls;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The first certificate, for a one-time code, and each later one, for the one before. */
public final class Enrolment {
  private static final String ENROL = "/api/v1/device/enrol";
  private static final String RENEW = "/api/v1/device/renew";

  private final String agent;

  public Enrolment(String agent) {
    this.agent = agent;
  }

  public sealed interface Outcome {
    record Enrolled(Identity identity) implements Outcome {}

    /** The platform said no; it never says why. */
    record Refused(int status) implements Outcome {}

    /** The platform could not be reached, is not the one that the code names, or spoke nonsense. */
    record Failed(String why) implements Outcome {}
  }

  /** The key is made here and never leaves the device. */
  public Outcome enrol(QrText code, String serial, List<String> macs) {
    try {
      KeyPair keys = newKeys();
      ObjectNode request = Json.object();
      request.put("code", code.code());
      request.put("csr", CertificateRequest.pem(keys, serial));
      request.put("serial", serial);
      macs.forEach(request.putArray("macs")::add);
      request.put("agent", agent);
      PlatformLine.Reply reply =
          PlatformLine.exchange(
              Tls.firstContact(code.pin()), code.platform(), "POST", ENROL, bytes(request));
      return reply.succeeded()
          ? new Outcome.Enrolled(accepted(Json.read(text(reply)), code, keys))
          : new Outcome.Refused(reply.status());
    } catch (IOException | GeneralSecurityException | Json.Malformed | IllegalArgumentException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  private static Identity accepted(JsonNode answer, QrText code, KeyPair keys)
      throws Json.Malformed, GeneralSecurityException {
    X509Certificate authority = Pem.certificates(Json.text(answer, "authority")).getFirst();
    if (!Texts.sha256(authority.getPublicKey().getEncoded()).equals(code.pin())) {
      throw new CertificateException("the platform names another authority than the code");
    }
    List<X509Certificate> chain = Pem.certificates(Json.text(answer, "certificate"));
    verify(chain, authority, keys);
    PlatformAddress stream =
        answer.hasNonNull("streamUrl")
            ? PlatformAddress.parse(Json.text(answer, "streamUrl").replaceFirst("/api/v1/.*", ""))
                .orElseThrow(() -> new Json.Malformed("streamUrl is no https address"))
            : code.platform();
    return new Identity(
        Json.text(answer, "device"),
        code.platform(),
        stream,
        IdentityFile.commandKey(Json.text(answer, "commandKey")),
        authority,
        chain,
        keys.getPrivate());
  }

  /**
   * With a key of its own: one that was copied loses its worth when the next certificate is used.
   */
  public Outcome renew(Identity identity) {
    try {
      KeyPair keys = newKeys();
      ObjectNode request = Json.object();
      request.put("csr", CertificateRequest.pem(keys, identity.device()));
      PlatformLine.Reply reply =
          PlatformLine.exchange(identity.tls(), identity.platform(), "POST", RENEW, bytes(request));
      if (!reply.succeeded()) {
        return new Outcome.Refused(reply.status());
      }
      List<X509Certificate> chain =
          Pem.certificates(Json.text(Json.read(text(reply)), "certificate"));
      verify(chain, identity.authority(), keys);
      // An authority that the one we believe has signed for takes its place.
      X509Certificate authority = chain.size() > 1 ? chain.get(1) : identity.authority();
      return new Outcome.Enrolled(identity.renewed(chain, keys.getPrivate(), authority));
    } catch (IOException | GeneralSecurityException | Json.Malformed e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()));
    }
  }

  /** Ours, and signed by whom it should be. */
  private static void verify(List<X509Certificate> chain, X509Certificate authority, KeyPair keys)
      throws GeneralSecurityException {
    if (!chain.getFirst().getPublicKey().equals(keys.getPublic())) {
      throw new CertificateException("the certificate is for another key");
    }
    List<X509Certificate> path =
        chain.stream().filter(certificate -> !certificate.equals(authority)).toList();
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] bytes(ObjectNode request) {
    return Json.write(request).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(PlatformLine.Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
