package tongguan.steward.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
  private static final byte[] SECRET = "貨櫃 CSQU3054383".getBytes(StandardCharsets.UTF_8);

  @TempDir Path state;

  @Test
  void whatIsKeptIsFoundByAnotherProcessAndNotByTheEye() throws IOException {
    new Vault(state).put("note", SECRET);

    assertThat(((Vault.Found.Content) new Vault(state).get("note")).bytes()).isEqualTo(SECRET);
    assertThat(new Vault(state).names()).containsExactly("note");
    assertThat(new Vault(state).get("other")).isEqualTo(new Vault.Found.Nothing());
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain("CSQU3054383");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void sameContentLooksDifferentEachTime() throws IOException {
    Vault vault = new Vault(state);
    vault.put("a", SECRET);
    byte[] first = Files.readAllBytes(state.resolve("vault/a.sealed"));
    vault.put("a", SECRET);

    assertThat(Files.readAllBytes(state.resolve("vault/a.sealed"))).isNotEqualTo(first);
  }

  @Test
  void everyChangedByteIsNoticed() throws IOException {
    Vault vault = new Vault(state);
    vault.put("a", SECRET);
    Path file = state.resolve("vault/a.sealed");
    byte[] sealed = Files.readAllBytes(file);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertThat(vault.get("a")).as("byte " + i).isEqualTo(new Vault.Found.Unreadable());
    }
    Files.write(file, List.of());
    assertThat(vault.get("a")).isEqualTo(new Vault.Found.Unreadable());
  }

  @Test
  void oneFileCannotStandForAnother() throws IOException {
    Vault vault = new Vault(state);
    vault.put("a", SECRET);
    Files.copy(state.resolve("vault/a.sealed"), state.resolve("vault/b.sealed"));

    assertThat(vault.get("b")).isEqualTo(new Vault.Found.Unreadable());
  }

  @Test
  void withoutItsKeyItIsNoise() throws IOException {
    Vault vault = new Vault(state);
    vault.put("a", SECRET);

    vault.destroyKey();

    assertThat(vault.get("a")).isEqualTo(new Vault.Found.Unreadable());
    assertThat(state.resolve("vault.key")).doesNotExist();
  }

  @Test
  void anotherKeyFileIsNotTakenForOurs() throws IOException {
    new Vault(state).put("a", SECRET);
    Files.write(state.resolve("vault.key"), new byte[32]);

    assertThatThrownBy(() -> new Vault(state).get("a")).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../a", "a/b", ".a", "A", "a b", "data-key\n"})
  void namesDoNotLeadElsewhere(String name) {
    assertThatThrownBy(() -> new Vault(state).put(name, SECRET))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
