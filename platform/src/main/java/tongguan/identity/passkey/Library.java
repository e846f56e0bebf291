package tongguan.identity.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import java.util.List;

/**
 * The library that reads and verifies, in a class of its own, so that a start of the platform does
 * not wait for it. Attestation is not asked for, so statements of makers are not looked at.
 */
final class Library {
  private static final ObjectConverter CONVERTER = new ObjectConverter();
  static final WebAuthnManager MANAGER = WebAuthnManager.createNonStrictWebAuthnManager(CONVERTER);
  static final AttestedCredentialDataConverter KEYS =
      new AttestedCredentialDataConverter(CONVERTER);

  /** ES256 and RS256 (RFC 8812): what today's authenticators have. */
  static final List<PublicKeyCredentialParameters> ALGORITHMS =
      List.of(algorithm(COSEAlgorithmIdentifier.ES256), algorithm(COSEAlgorithmIdentifier.RS256));

  private Library() {}

  private static PublicKeyCredentialParameters algorithm(COSEAlgorithmIdentifier identifier) {
    return new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, identifier);
  }
}
