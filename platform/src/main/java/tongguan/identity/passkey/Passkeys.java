package tongguan.identity.passkey;

import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionsAuthenticatorOutputs;
import com.webauthn4j.data.extension.client.AuthenticationExtensionsClientOutputs;
import com.webauthn4j.server.ServerProperty;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.base.Ids;
import tongguan.base.Json;
import tongguan.base.database.Database;
import tools.jackson.databind.JsonNode;

/**
 * Passkeys. Every ceremony demands that the authenticator verified its user. A challenge drawn here
 * is used up, and that committed, before the signature is looked at, so that none is answered twice
 * on any node.
 */
public final class Passkeys {
  private static final SecureRandom RANDOM = new SecureRandom();
  private final Database database;
  private final Ids ids;

  public Passkeys(Database database, Ids ids) {
    this.database = database;
    this.ids = ids;
  }

  /** With what a browser makes a new passkey, as {@code parseCreationOptionsFromJSON} reads it. */
  public Map<String, Object> creationOptions(
      UUID account, String loginName, String displayName, Site site) {
    byte[] challenge = draw("add", account);
    List<byte[]> there =
        database.query(connection -> new PasskeyStore(connection).credentials(account));
    return Options.creation(challenge, account, loginName, displayName, site, there);
  }

  /**
   * With what a browser asks for a proof.
   *
   * @param account whose; null where the passkey itself says
   * @param bound what is to be signed, such as an operation's digest; null draws a challenge here
   */
  public Map<String, Object> requestOptions(
      @Nullable UUID account, byte @Nullable [] bound, Site site) {
    byte[] challenge = bound == null ? draw("use", account) : bound;
    List<byte[]> there =
        account == null
            ? List.of()
            : database.query(connection -> new PasskeyStore(connection).credentials(account));
    return Options.request(challenge, site, there);
  }

  private byte[] draw(String purpose, @Nullable UUID account) {
    byte[] challenge = new byte[32];
    RANDOM.nextBytes(challenge);
    database.inTransaction(tx -> {
      new PasskeyStore(tx).open(challenge, purpose, account);
      return true;
    });
    return challenge;
  }

  /** Looks at the browser's answer to {@link #creationOptions}. */
  public Added read(UUID account, String name, JsonNode credential, Site site) {
    try {
      String text = Json.text(credential);
      RegistrationData data = NotOne.in(() -> Library.MANAGER.parseRegistrationResponseJSON(text));
      byte[] challenge = challenge(data.getCollectedClientData());
      if (challenge == null || !use(challenge, "add", account)) {
        return new Added.Refused("challenge");
      }
      RegistrationParameters parameters =
          new RegistrationParameters(server(site, challenge), Library.ALGORITHMS, true, true);
      NotOne.in(() -> Library.MANAGER.verify(data, parameters));
      return sound(account, name, data.getAttestationObject());
    } catch (NotOne refused) {
      return new Added.Refused(refused.why());
    }
  }

  private Added sound(UUID account, String name, @Nullable AttestationObject attestation) {
    AttestedCredentialData attested =
        attestation == null ? null : attestation.getAuthenticatorData().getAttestedCredentialData();
    if (attestation == null || attested == null) {
      return new Added.Refused("no-key");
    }
    AuthenticatorData<?> seen = attestation.getAuthenticatorData();
    Known passkey =
        new Known(
            ids.next(),
            account,
            Library.KEYS.convert(attested),
            seen.getSignCount(),
            seen.isFlagBE(),
            seen.isFlagBS());
    return new Added.Sound(passkey, attested.getCredentialId(), name);
  }

  /** Takes a passkey in; false where it is someone's already, or the account has its fill. */
  public boolean keep(Connection tx, Added.Sound sound) throws SQLException {
    return new PasskeyStore(tx).add(sound.passkey, sound.credential, sound.name());
  }

  /** Whose passkey an assertion claims to be of; not proven by that. */
  public Optional<UUID> claims(Connection connection, JsonNode credential) throws SQLException {
    try {
      byte[] id = Base64.getUrlDecoder().decode(credential.path("id").asString(""));
      return new PasskeyStore(connection).known(id).map(Known::account);
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /**
   * Whether the assertion holds, and whose it is.
   *
   * @param account whose it must be; null where the passkey itself says
   * @param bound what must have been signed, which the caller takes once only; null where the
   *     challenge was drawn here
   */
  public Checked check(
      JsonNode credential, @Nullable UUID account, byte @Nullable [] bound, Site site) {
    try {
      String text = Json.text(credential);
      AuthenticationData data =
          NotOne.in(() -> Library.MANAGER.parseAuthenticationResponseJSON(text));
      byte[] challenge = challenge(data.getCollectedClientData());
      if (challenge == null
          || (bound == null
              ? !use(challenge, "use", account)
              : !MessageDigest.isEqual(bound, challenge))) {
        return new Checked.Refused("challenge");
      }
      byte[] credentialId = Assertion.credentialId(data);
      Optional<Known> known =
          database.query(connection -> new PasskeyStore(connection).known(credentialId));
      if (known.isEmpty()) {
        return new Checked.Refused("unknown-passkey");
      }
      return isOf(known.get(), account, Assertion.userHandle(data))
          ? verify(known.get(), data, server(site, challenge))
          : new Checked.Refused("another-account");
    } catch (NotOne refused) {
      return new Checked.Refused(refused.why());
    }
  }

  private static boolean isOf(Known known, @Nullable UUID account, byte @Nullable [] handle) {
    boolean handleFits =
        handle == null
            ? account != null
            : MessageDigest.isEqual(handle, Options.handle(known.account()));
    return handleFits && (account == null || account.equals(known.account()));
  }

  private Checked verify(Known known, AuthenticationData data, ServerProperty server) {
    CredentialRecordImpl kept =
        new CredentialRecordImpl(
            new NoneAttestationStatement(),
            true,
            known.backupEligible(),
            known.backedUp(),
            known.signCount(),
            Library.KEYS.convert(known.data()),
            new AuthenticationExtensionsAuthenticatorOutputs<>(),
            null,
            new AuthenticationExtensionsClientOutputs<>(),
            Set.of());
    AuthenticationParameters parameters =
        new AuthenticationParameters(server, kept, null, true, true);
    NotOne.in(() -> Library.MANAGER.verify(data, parameters));
    AuthenticatorData<?> seen = data.getAuthenticatorData();
    boolean counted =
        seen != null
            && database.query(connection ->
                new PasskeyStore(connection)
                    .count(known.id(), seen.getSignCount(), seen.isFlagBS()));
    return counted ? new Checked.Is(known.account(), known.id()) : new Checked.Refused("counter");
  }

  private boolean use(byte[] challenge, String purpose, @Nullable UUID account) {
    return database.inTransaction(tx -> new PasskeyStore(tx).use(challenge, purpose, account));
  }

  private static byte @Nullable [] challenge(@Nullable CollectedClientData data) {
    return data == null || data.getChallenge() == null ? null : data.getChallenge().getValue();
  }

  private static ServerProperty server(Site site, byte[] challenge) {
    return ServerProperty.builder()
        .origin(new Origin(site.origin()))
        .rpId(site.host())
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  public List<Passkey> list(UUID account) {
    return database.query(connection -> new PasskeyStore(connection).list(account));
  }

  /** False where it is not this account's. */
  public boolean remove(Connection tx, UUID account, UUID passkey) throws SQLException {
    return new PasskeyStore(tx).remove(account, passkey);
  }

  /** Takes all of them away, without asking their owner. */
  public void revoke(Connection tx, UUID account) throws SQLException {
    new PasskeyStore(tx).removeAll(account);
  }

  public boolean has(UUID account) {
    return database.query(connection -> has(connection, account));
  }

  public boolean has(Connection connection, UUID account) throws SQLException {
    return new PasskeyStore(connection).has(account);
  }
}
