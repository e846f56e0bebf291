package tongguan.access.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tongguan.PlatformProcess;
import tongguan.access.SignedIn;

/**
 * A node dies (SIGKILL) in the moment in which it has accepted that a device is lost, with the
 * streams of others on it: F1 and F24 for devices.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeLossTest {
  private static final Map<String, Object> REASON = Map.of("reason", "left in a taxi");

  private final Line line = new Line();

  @AfterAll
  void stop() {
    line.close();
  }

  private PlatformProcess node(Path data) throws Exception {
    Map<String, String> environment = new HashMap<>(PlatformProcess.on(line.url));
    environment.put("TONGGUAN_FLEET_KEYS", line.keys.toString());
    return PlatformProcess.run(
        environment, data.resolve("var"), "--tls", "127.0.0.1:0", "--name", "127.0.0.1");
  }

  @Test
  void whatAKilledNodeHadAcceptedHoldsOnTheOtherAndItsDevicesComeBackThere(@TempDir Path data)
      throws Exception {
    Steward lost = line.aDevice().enrolled();
    List<Steward> others = Stream.generate(() -> line.aDevice().enrolled()).limit(5).toList();
    List<Events> held;
    try (PlatformProcess dying = node(data)) {
      URI there = dying.ready();
      held = others.stream().map(steward -> steward.at(dying.devicePort()).stream()).toList();
      held.forEach(Events::hello);
      assertThat(lost.at(dying.devicePort()).heartbeat(Map.of()).statusCode()).isEqualTo(200);
      SignedIn reporter = line.administrator().at(there);
      var accepted = reporter.make("/api/v1/devices/" + lost.id + "/lost", REASON);
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
      dying.kill();
    }
    long killed = System.nanoTime();

    assertThat(lost.heartbeat(Map.of()).statusCode()).isEqualTo(403);
    assertThat((System.nanoTime() - killed) / 1_000_000).as("ms").isLessThan(1000);
    held.forEach(stream -> assertThat(stream.millisUntilOver(3000)).isLessThan(3000));
    try (Events last = lost.stream()) {
      last.hello();
      Events.Event wipe = last.command();
      assertThat(wipe.kind()).isEqualTo("wipe");
      assertThat(lost.answer(wipe.number(), "wipe", "done", "").statusCode()).isEqualTo(204);
    }
    assertThat(
            line.value(
                "select count(*) || ' ' || min(outcome) from fleet.command where kind = 'wipe' and device = '%s'",
                lost.id))
        .as("ordered and carried out once")
        .isEqualTo("1 done");

    for (Steward steward : others) {
      try (Events again = steward.stream()) {
        again.hello();
        long number = line.tell(steward, Map.of("kind", "diagnostics", "reason", "how are you"));
        assertThat(again.command().number()).isEqualTo(number);
      }
    }
  }
}
