package tongguan.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.base.StartFailure;

/** What an operator writes, and what is said of it; no address but those of the file (suite 9). */
class CoreSettingsTest {
  @TempDir private Path folder = Path.of(".");

  private List<SystemSettings> read(String json) throws IOException {
    Files.writeString(folder.resolve("core.json"), json);
    return CoreSettings.of(folder, Map.of());
  }

  @Test
  void withoutAFileThereIsNoCoreSystem() {
    assertThat(CoreSettings.of(folder, Map.of())).isEmpty();
  }

  @Test
  void theEnvironmentMayNameAnotherFile() throws IOException {
    Path elsewhere =
        Files.writeString(folder.resolve("elsewhere.json"), "{\"systems\":{\"air\":{}}}");

    List<SystemSettings> systems =
        CoreSettings.of(folder, Map.of(CoreSettings.SETTING, elsewhere.toString()));

    assertThat(systems).hasSize(1);
    SystemSettings air = systems.getFirst();
    assertThat(air.kind()).isEqualTo("air");
    assertThat(air.sender()).isEqualTo("core-air");
    assertThat(air.title().zh()).isEqualTo("空運通關系統");
    assertThat(air.time()).isEqualTo(Duration.ofSeconds(10));
    assertThat(air.rest()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    assertThatThrownBy(() ->
            CoreSettings.of(folder, Map.of(CoreSettings.SETTING, folder.resolve("no").toString())))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | is not JSON",
        "{} | has no object \"systems\"",
        "{\"systems\":{\"AIR\":{}}} | needs a name of small letters",
        "{\"systems\":{\"air\":[]}} | is not an object",
        "{\"systems\":{\"air\":{\"seconds\":31}}} | seconds is not a number from 1 to 30",
        "{\"systems\":{\"air\":{\"restSeconds\":31}}} | restSeconds is not a number from 1 to 30",
        "{\"systems\":{\"air\":{\"atOnce\":0}}} | atOnce is not a number from 1 to 32",
        "{\"systems\":{\"air\":{\"sender\":7}}} | sender is not a text"
      })
  void saysWhatIsWrong(String json, String words) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"systems\":{\"x\":{\"kind\":\"fax\"}}} | none of sea, air, customs, agency",
        "{\"systems\":{\"air\":{}}} | url is missing",
        "{\"systems\":{\"agency\":{\"url\":\"https://a\"}}} | caFile is missing",
        "{\"systems\":{\"agency\":{\"url\":\"https://a\",\"caFile\":\"no\"}}} | caFile \"no\" is not a readable file",
        "{\"systems\":{\"sea\":{\"host\":\"h\"}}} | keyFile or passwordFile",
        "{\"systems\":{\"customs\":{\"host\":\"h?x=1\",\"database\":\"d\"}}} | is not a name"
      })
  void saysWhatAConnectorMisses(String json, String words) throws IOException {
    SystemSettings settings = read(json).getFirst();
    assertThatThrownBy(() -> Core.connect(settings, Clock.systemUTC()).close())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.example",
        "https://user:secret@a.example",
        "https://a.example/?to=b",
        "https://a.example/#b",
        "https:a.example",
        "file:///etc/passwd",
        "gopher://a.example",
        "jdbc:postgresql://a.example",
        "//a.example"
      })
  void takesNoAddressButHttps(String url) throws IOException {
    SystemSettings settings = read("{\"systems\":{\"air\":{\"url\":\"" + url + "\"}}}").getFirst();
    assertThatThrownBy(() -> Core.connect(settings, Clock.systemUTC()).close())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("is not an https address");
  }

  @Test
  void aMemberThatNobodyReadsIsAMistake() throws IOException {
    SystemSettings settings = read("{\"systems\":{\"air\":{\"sceonds\":3}}}").getFirst();
    assertThatThrownBy(() -> settings.own().refuseTheUnread())
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("does not know \"sceonds\"");
  }
}
