package tongguan.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sigstore.merkle.InclusionProofVerificationException;
import dev.sigstore.merkle.InclusionProofVerifier;
import dev.sigstore.rekor.client.Checkpoints;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.audit.tree.RfcCheck;
import tongguan.audit.tree.Sha256;
import tongguan.audit.tree.Tree;
import tongguan.audit.witness.Note;
import tongguan.audit.witness.PublicKey;
import tongguan.base.Json;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;
import tools.jackson.databind.JsonNode;

/** What the log hands out is accepted by programs that know nothing of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProofTest {
  private static final int ENTRIES = 600;
  private static final byte[] ED25519_IN_X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private AuditLog log;

  @BeforeAll
  void fill() {
    log = AuditLog.open();
    log.openFolder();
    for (int i = 0; i < ENTRIES; i++) {
      log.audit.write(log.entry("query").found(i));
      if (i % 150 == 99) {
        log.seal();
      }
    }
    log.seal();
  }

  @AfterAll
  void close() {
    log.close();
  }

  @Test
  void aThirdPartyVerifierAcceptsTheProofOfEveryKindOfPlace() throws Exception {
    for (int place : new int[] {0, 1, 2, 99, 100, 255, 256, 511, 512, 513, 598, 599}) {
      JsonNode proof = prove(place);

      InclusionProofVerifier.verify(
          new Sha256().leaf(bytes(proof, "leafInput")),
          proof.path("leafIndex").longValue(),
          proof.path("treeSize").longValue(),
          path(proof),
          bytes(proof, "rootHash"));
      assertThat(proof.path("leafIndex").longValue()).isEqualTo(place);
      assertThat(proof.path("treeSize").longValue()).isEqualTo(ENTRIES);
    }
  }

  @Test
  void aThirdPartyVerifierRefusesTheProofForAnythingElse() throws Exception {
    JsonNode proof = prove(300);
    byte[] root = bytes(proof, "rootHash");
    byte[] input = bytes(proof, "leafInput");
    input[input.length - 1] ^= 1;

    assertThatThrownBy(() ->
            InclusionProofVerifier.verify(
                new Sha256().leaf(input), 300, ENTRIES, path(proof), root))
        .isInstanceOf(InclusionProofVerificationException.class);
    assertThatThrownBy(() ->
            InclusionProofVerifier.verify(
                bytes(proof, "leafHash"), 301, ENTRIES, path(proof), root))
        .isInstanceOf(InclusionProofVerificationException.class);
  }

  @Test
  void theLeafIsMadeOfTheEntryAsTheFormatSays() throws Exception {
    JsonNode proof = prove(7);
    String entry = proof.path("entry").stringValue();
    String hashed =
        log.column(
                """
                select encode(
                  'tongguan-audit-1'::bytea
                  || '\\x00000010' || uuid_send(id)
                  || '\\x00000008' || int8send(xid::text::bigint)
                  || '\\x00000008' || int8send((extract(epoch from at) * 1000000)::bigint)
                  || '\\x00000008' || int8send((extract(epoch from node_at) * 1000000)::bigint)
                  || (select string_agg(int4send(octet_length(t)) || t, '' order by n)
                      from unnest(array[act, outcome, code, account, name, unit, device, address, session, record])
                        with ordinality as f(field, n), convert_to(field, 'UTF8') t)
                  || '\\x00000008' || int8send(results)
                  || int4send(octet_length(details)) || convert_to(details, 'UTF8')
                  || int4send(octet_length(correlation)) || convert_to(correlation, 'UTF8'), 'hex')
                from audit.entry where id = '%s'
                """
                    .formatted(entry))
            .getFirst();

    assertThat(HexFormat.of().formatHex(bytes(proof, "leafInput"))).isEqualTo(hashed);
  }

  @Test
  void checkpointsAreNotesThatOthersReadAndTheJdkFindsSigned() throws Exception {
    String note = prove(0).path("checkpoint").stringValue();

    var read = Checkpoints.from(note);
    byte[] raw = Base64.getDecoder().decode(key().split("\\+", 3)[2]);
    byte[] x509 = Arrays.copyOf(ED25519_IN_X509, 44);
    System.arraycopy(raw, 1, x509, 12, 32);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
    signature.update(note.substring(0, note.indexOf("\n\n") + 1).getBytes(StandardCharsets.UTF_8));

    assertThat(read.getOrigin()).isEqualTo(Note.ORIGIN);
    assertThat(read.getSize()).isEqualTo(ENTRIES);
    assertThat(signature.verify(read.getSignatures().getFirst().getSignature())).isTrue();
  }

  @Test
  void everyCheckpointIsTheBeginningOfTheNextAndAForkIsNot() {
    List<Note> notes = log.database.query(connection -> new CheckpointStore(connection).after(0));
    assertThat(notes).hasSize(5);
    for (int i = 1; i < notes.size(); i++) {
      Note before = notes.get(i - 1);
      Note now = notes.get(i);
      List<byte[]> proof =
          log.database.query(connection ->
              new Tree(new ChainStore(connection)).consistency(before.size(), now.size()));

      assertThat(
              RfcCheck.consistent(
                  before.size(), now.size(), before.root().bytes(), now.root().bytes(), proof))
          .isTrue();
      byte[] forked = new Sha256().plain(before.root().bytes());
      assertThat(RfcCheck.consistent(before.size(), now.size(), forked, now.root().bytes(), proof))
          .isFalse();
    }
  }

  @Test
  void theKeyIsForItsOwnerAloneAndAnOpenOneIsRefused() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.folder().key())))
        .isEqualTo("rw-------");
    assertThat(PublicKey.parse(key())).isPresent();
    assertThat(PublicKey.parse(key().replaceFirst("\\+[0-9a-f]", "+x"))).isEmpty();

    AuditFolder open =
        AuditFolder.of(Files.createTempDirectory("tongguan-audit"), java.util.Map.of());
    Files.createDirectories(open.folder());
    Files.copy(log.folder().key(), open.key());
    Files.setPosixFilePermissions(open.key(), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> log.audit.open(open))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void verifyPrintsThatTheLogIsWholeAndEndsWithNought() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(run(out, "verify")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("600 entries in order, 0 waiting for their place, 5 checkpoints")
        .endsWith("The log is whole.\n");
  }

  @Test
  void entriesOfANodeWhoseClockJumpsStandInTheOrderInWhichTheyWereWritten() {
    try (AuditLog jumping = AuditLog.open()) {
      for (Duration jump : List.of(Duration.ZERO, Duration.ofHours(2), Duration.ofHours(-4))) {
        jumping.clock.set(jumping.clock.instant().plus(jump));
        jumping.audit.write(jumping.entry("at " + jump));
      }
      jumping.audit.sequence();

      assertThat(
              jumping.column(
                  "select act from audit.chain c join audit.entry e on e.id = c.entry order by seq"))
          .containsExactly("at PT0S", "at PT2H", "at PT-4H");
      assertThat(
              jumping.column(
                  "select count(*) from audit.entry where at > now() - interval '1 minute' and node_at <> at"))
          .containsExactly("3");
      assertThat(jumping.column("select max(node_at) - min(node_at) from audit.entry"))
          .containsExactly("04:00:00");
    }
  }

  @Test
  void wrongWordsAreUsage() {
    for (String[] wrong :
        new String[][] {
          {}, {"prove"}, {"prove", "7"}, {"verify", "--key"}, {"key", "x"}, {"burn"}
        }) {
      assertThatThrownBy(() -> run(new ByteArrayOutputStream(), wrong))
          .as(Arrays.toString(wrong))
          .isInstanceOfSatisfying(
              StartFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2));
    }
    assertThatCode(
            () -> run(new ByteArrayOutputStream(), "prove", "00000000-0000-7000-8000-000000000000"))
        .hasMessageContaining("there is no entry");
  }

  private String key() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(out, "key")).isZero();
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private JsonNode prove(int place) throws Json.Malformed {
    String entry = log.column("select entry from audit.chain where seq = " + place).getFirst();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(run(out, "prove", entry)).isZero();
    return Json.read(out.toByteArray());
  }

  private int run(ByteArrayOutputStream out, String... words) {
    return new AuditVerb(
            log.folder(),
            () -> new Database(log.url, 1),
            new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(List.of(words));
  }

  private static byte[] bytes(JsonNode proof, String member) {
    return Base64.getDecoder().decode(proof.path(member).stringValue());
  }

  private static List<byte[]> path(JsonNode proof) {
    return proof
        .path("path")
        .valueStream()
        .map(hash -> Base64.getDecoder().decode(hash.stringValue()))
        .toList();
  }
}
