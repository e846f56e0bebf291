package tongguan.identity.directory;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the agency's sign-on service say who someone is (OpenID Connect Core 1.0, authorization code
 * flow with PKCE). Nothing of what the browser brings is believed: the code is exchanged by
 * ourselves, and the token that comes back must be signed with a key of the service, be from it,
 * for us, of this moment, and of this very attempt.
 */
public final class OidcProvider {
  private static final Logger LOG = LoggerFactory.getLogger(OidcProvider.class);

  /** Signatures with a public key; neither {@code none} nor one made with a shared secret. */
  private static final Set<JWSAlgorithm> SIGNATURES =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Duration METADATA_LIFE = Duration.ofHours(1);

  /** Keys that an attacker makes up must not have the service asked for new ones each time. */
  private static final Duration KEYS_LIFE_LEAST = Duration.ofSeconds(30);

  private final OidcSettings settings;
  private final Clock clock;
  private final Asker asker;
  private volatile @Nullable Known known;

  /** What the service says of itself, and when it said so. */
  private record Known(OIDCProviderMetadata metadata, JWKSet keys, Instant at) {}

  public OidcProvider(OidcSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.asker = new Asker(settings);
  }

  public String name() {
    return settings.name();
  }

  /**
   * One attempt to sign in.
   *
   * @param verifier what only who began it can show with the code (RFC 7636)
   */
  public record Attempt(String state, String nonce, String verifier) {}

  /** What comes of asking the service. */
  public sealed interface Answer {
    /** Where the browser is to go. */
    record Go(URI where) implements Answer {}

    record Is(String subject) implements Answer {}

    /** For the log and the audit, not for who tries. */
    record Refused(String why) implements Answer {}

    record Away(String why) implements Answer {}
  }

  /** Where to send the browser for this attempt. */
  public Answer begin(Attempt attempt) {
    try {
      OIDCProviderMetadata metadata = known(METADATA_LIFE).metadata();
      return new Answer.Go(
          new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  new Scope("openid"),
                  new ClientID(settings.clientId()),
                  settings.redirect())
              .endpointURI(metadata.getAuthorizationEndpointURI())
              .state(new State(attempt.state()))
              .nonce(new Nonce(attempt.nonce()))
              .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
              .build()
              .toURI());
    } catch (IOException | ParseException e) {
      return away(e);
    }
  }

  /**
   * Exchanges the code that the browser brought back.
   *
   * @param issuer who sent the browser back, as it says (RFC 9207); null where it does not
   */
  public Answer finish(Attempt attempt, String code, @Nullable String issuer) {
    try {
      OIDCProviderMetadata metadata = known(METADATA_LIFE).metadata();
      boolean says = issuer != null || metadata.supportsAuthorizationResponseIssuerParam();
      if (says && !settings.issuer().toString().equals(issuer)) {
        return new Answer.Refused("sent back by someone else");
      }
      TokenResponse response = exchange(attempt, code, metadata);
      return response instanceof OIDCTokenResponse tokens
          ? check(attempt, tokens.getOIDCTokens().getIDToken())
          : new Answer.Refused("the code was refused");
    } catch (IOException e) {
      return away(e);
    } catch (ParseException e) {
      return new Answer.Refused("an answer without a token");
    }
  }

  private TokenResponse exchange(Attempt attempt, String code, OIDCProviderMetadata metadata)
      throws IOException, ParseException {
    return OIDCTokenResponseParser.parse(
        new TokenRequest(
                metadata.getTokenEndpointURI(),
                new ClientSecretBasic(
                    new ClientID(settings.clientId()), new Secret(settings.clientSecret())),
                new AuthorizationCodeGrant(
                    new AuthorizationCode(code),
                    settings.redirect(),
                    new CodeVerifier(attempt.verifier())))
            .toHTTPRequest()
            .send(asker));
  }

  private Answer check(Attempt attempt, JWT token) throws IOException, ParseException {
    try {
      return is(attempt, token, known(METADATA_LIFE));
    } catch (BadJOSEException | JOSEException first) {
      // Services change their keys; but look again only where the kept ones have some age.
      Known fresh = known(KEYS_LIFE_LEAST);
      try {
        return is(attempt, token, fresh);
      } catch (BadJOSEException | JOSEException bad) {
        LOG.warn("A token of the sign-on service is not good: {}", bad.getMessage());
        return new Answer.Refused("a token that is not good");
      }
    }
  }

  private Answer is(Attempt attempt, JWT token, Known service)
      throws BadJOSEException, JOSEException {
    IDTokenValidator validator =
        new IDTokenValidator(
            new Issuer(settings.issuer()),
            new ClientID(settings.clientId()),
            new JWSVerificationKeySelector<SecurityContext>(
                SIGNATURES, new ImmutableJWKSet<>(service.keys())),
            null);
    IDTokenClaimsSet claims = validator.validate(token, new Nonce(attempt.nonce()));
    // The library takes a token that is for others, too, or was handed out to another; we trust no
    // others (Core §3.1.3.7, 3 and 5).
    AuthorizedParty party = claims.getAuthorizedParty();
    boolean ours = party == null || party.getValue().equals(settings.clientId());
    return ours && claims.getAudience().size() == 1
        ? new Answer.Is(claims.getSubject().getValue())
        : new Answer.Refused("a token for others, too");
  }

  /** What the service says of itself, not older than that. */
  private Known known(Duration age) throws IOException, ParseException {
    Known kept = known;
    if (kept != null && kept.at().plus(age).isAfter(clock.instant())) {
      return kept;
    }
    Known fresh = read();
    known = fresh;
    return fresh;
  }

  private Known read() throws IOException, ParseException {
    String base = settings.issuer().toString().replaceAll("/$", "");
    OIDCProviderMetadata metadata =
        OIDCProviderMetadata.parse(
            asker.get(URI.create(base + "/.well-known/openid-configuration")));
    URI authorize = metadata.getAuthorizationEndpointURI();
    if (!settings.issuer().toString().equals(metadata.getIssuer().getValue())
        || authorize == null
        || !OidcSettings.isGuarded(authorize)
        || metadata.getTokenEndpointURI() == null) {
      throw new IOException("it calls itself something else, or is not guarded");
    }
    try {
      JWKSet keys = JWKSet.parse(asker.get(metadata.getJWKSetURI()));
      return new Known(metadata, keys.toPublicJWKSet(), clock.instant());
    } catch (java.text.ParseException e) {
      throw new IOException("its keys cannot be read", e);
    }
  }

  private static Answer away(Exception why) {
    LOG.warn("The sign-on service gave no answer: {}", why.getMessage());
    return new Answer.Away(String.valueOf(why.getMessage()));
  }
}
