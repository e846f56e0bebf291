/** Passkeys (WebAuthn Level 3): adding them, and proving with them. */
@org.jspecify.annotations.NullMarked
package tongguan.identity.passkey;
