package tongguan.fleet.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tongguan.base.Limits;
import tongguan.base.StartFailure;

/**
 * The authority that signs, and those before it, as they lie in the folder that the nodes share:
 * one file each, with key, certificate and, after the first, the bridge.
 *
 * @param former the certificates of those before it, the latest first
 * @param bridge the word for it of the one before
 */
record Generations(Issuer current, List<X509Certificate> former, Optional<X509Certificate> bridge) {
  private static final String CERTIFICATE = "CERTIFICATE";

  Generations {
    former = List.copyOf(former);
  }

  static Generations of(Issuer only) {
    return new Generations(only, List.of(), Optional.empty());
  }

  /** The bridge, as long as the authority that has signed it is believed. */
  Optional<X509Certificate> word() {
    return predecessor().flatMap(before -> bridge);
  }

  /**
   * From what the present one has signed to what everybody believes: itself, or by the bridge to
   * the one before it. Whoever believes the present one stops at the bridge, which has its key.
   */
  List<X509Certificate> upwards() {
    return predecessor()
        .map(before -> List.of(bridge.orElseThrow(), before))
        .orElseGet(() -> List.of(current.certificate()));
  }

  /** The one that has signed the bridge, where it is still there. */
  Optional<X509Certificate> predecessor() {
    return bridge.flatMap(
        word -> former.stream().filter(before -> hasSigned(before, word)).findFirst());
  }

  static boolean hasSigned(X509Certificate authority, X509Certificate shown) {
    try {
      shown.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  /** Read, or made where there is none. Nodes that make the first at once agree on one. */
  static Generations in(FleetFolder keys, Instant now) {
    SortedMap<Integer, Path> files = keys.authorityKeys();
    if (files.isEmpty()) {
      Path first = keys.authorityKey();
      KeyFile.text(first, () -> file(Optional.empty(), now, 1));
      files.put(1, first);
    }
    List<Read> all = new ArrayList<>();
    files.values().forEach(file -> all.addFirst(read(file)));
    Read current = all.removeFirst();
    publish(keys.authorityCertificate(), current.issuer().certificate());
    return new Generations(
        current.issuer(),
        all.stream().map(read -> read.issuer().certificate()).toList(),
        current.bridge());
  }

  /**
   * Makes the next one, with the word of the present one for it.
   *
   * @return its file
   */
  static Path renew(FleetFolder keys, Instant now) {
    SortedMap<Integer, Path> files = keys.authorityKeys();
    if (files.isEmpty()) {
      throw StartFailure.environment(
          "There is no authority in %s that another could come after.".formatted(keys.folder()));
    }
    int next = files.lastKey() + 1;
    if (next > Limits.AUTHORITIES) {
      throw StartFailure.environment("There were %d authorities already.".formatted(next - 1));
    }
    Issuer present = read(keys.authorityKey(files.lastKey())).issuer();
    Path file = keys.authorityKey(next);
    KeyFile.text(file, () -> file(Optional.of(present), now, next));
    publish(keys.authorityCertificate(), read(file).issuer().certificate());
    return file;
  }

  private record Read(Issuer issuer, Optional<X509Certificate> bridge) {}

  private static Read read(Path file) {
    String text = KeyFile.text(file, String::new);
    try {
      List<byte[]> certificates = Pem.readAll(CERTIFICATE, text);
      if (certificates.isEmpty()) {
        throw KeyFile.unusable(file, "no certificate in PEM");
      }
      Issuer issuer =
          Issuer.of(
              Pem.read(KeyFile.LABEL, text)
                  .orElseThrow(() -> KeyFile.unusable(file, "no private key in PEM")),
              certificates.getFirst());
      return new Read(
          issuer,
          certificates.size() > 1
              ? Optional.of(Issuer.parsed(certificates.get(1)))
              : Optional.empty());
    } catch (GeneralSecurityException e) {
      throw KeyFile.unusable(file, String.valueOf(e.getMessage()));
    }
  }

  private static String file(Optional<Issuer> before, Instant now, int generation) {
    KeyPair pair = Issuer.newKeys();
    X509Certificate own = Issuer.found(pair, now, generation).certificate();
    return Pem.write(KeyFile.LABEL, pair.getPrivate().getEncoded())
        + Authority.pem(own)
        + before.map(issuer -> Authority.pem(issuer.bridge(own, now))).orElse("");
  }

  /** For whoever sets up what is to believe it. */
  private static void publish(Path file, X509Certificate own) {
    try {
      String pem = Authority.pem(own);
      if (Files.exists(file) && !Files.readString(file).equals(pem)) {
        Files.delete(file);
      }
      if (!Files.exists(file)) {
        KeyFile.write(file, pem, "rw-r--r--");
      }
    } catch (IOException e) {
      throw StartFailure.environment(
          "The authority's certificate %s cannot be written (%s).".formatted(file, e.getMessage()));
    }
  }
}
