package tongguan.core.sea;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import tongguan.base.StartFailure;
import tongguan.core.Members;

/**
 * Where the SFTP server is, which key it must prove, and how the platform proves itself: with a key
 * or with a password.
 */
record SeaSettings(
    String host,
    int port,
    PublicKey hostKey,
    String user,
    Optional<KeyPair> key,
    Optional<String> password) {

  static SeaSettings of(Members own) {
    String host = own.text("host");
    if (!host.matches("[A-Za-z0-9.:-]{1,253}")) {
      throw own.wrong("host", "a name or an address");
    }
    boolean byKey = own.has("keyFile");
    if (byKey == own.has("passwordFile")) {
      throw own.wrong("keyFile or passwordFile", "there, or both are");
    }
    return new SeaSettings(
        host,
        own.number("port", 22, 1, 65535),
        hostKey(own),
        own.text("user"),
        byKey ? Optional.of(key(own, own.file("keyFile"))) : Optional.empty(),
        byKey ? Optional.empty() : Optional.of(own.secret("passwordFile")));
  }

  /** As a line of {@code known_hosts} has it, without the host. */
  private static PublicKey hostKey(Members own) {
    try {
      AuthorizedKeyEntry entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(own.text("hostKey"));
      PublicKey key = entry == null ? null : entry.resolvePublicKey(null, Map.of(), null);
      if (key != null) {
        return key;
      }
    } catch (IOException | GeneralSecurityException | RuntimeException notOne) {
      // answered below
    }
    throw own.wrong("hostKey", "a public key such as \"ecdsa-sha2-nistp256 AAAA...\"");
  }

  private static KeyPair key(Members own, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Iterable<KeyPair> keys =
          SecurityUtils.loadKeyPairIdentities(null, file::toString, in, FilePasswordProvider.EMPTY);
      Iterator<KeyPair> first = keys == null ? List.<KeyPair>of().iterator() : keys.iterator();
      if (first.hasNext()) {
        return first.next();
      }
    } catch (IOException | GeneralSecurityException | RuntimeException notOne) {
      // answered below
    }
    throw StartFailure.environment(
        "The key file " + file + " does not hold a private key without a password.");
  }

  @Override
  public String toString() {
    return "SeaSettings[" + user + '@' + host + ':' + port + ']';
  }
}
