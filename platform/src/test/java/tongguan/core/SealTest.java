package tongguan.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final String TOKEN = "the core system's token";

  @Test
  void opensUnderTheSameSessionsTokenAlone() {
    byte[] sealed = new Seal("cookie-1", "session air").close(TOKEN);

    assertThat(new Seal("cookie-1", "session air").open(sealed)).contains(TOKEN);
    assertThat(new Seal("cookie-2", "session air").open(sealed)).isEmpty();
    assertThat(new Seal("cookie-1", "session sea").open(sealed)).isEmpty();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(TOKEN);
  }

  @Test
  void doesNotOpenWhenABitHasChanged() {
    byte[] sealed = new Seal("cookie", "session air").close(TOKEN);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(new Seal("cookie", "session air").open(changed)).isEmpty();
    }
  }
}
