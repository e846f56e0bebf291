package tongguan.identity.passkey;

import java.util.UUID;

/** What an assertion is held against; data is the attested credential data (WebAuthn §6.5.1). */
record Known(
    UUID id, UUID account, byte[] data, long signCount, boolean backupEligible, boolean backedUp) {}
