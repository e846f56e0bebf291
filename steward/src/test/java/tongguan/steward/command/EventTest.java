package tongguan.steward.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tongguan.steward.wire.WireInput;

class EventTest {
  private static List<Event> events(String text) throws IOException {
    WireInput in = new WireInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    List<Event> events = new ArrayList<>();
    for (Optional<Event> next = Event.next(in); next.isPresent(); next = Event.next(in)) {
      events.add(next.get());
    }
    return events;
  }

  @Test
  void namesDataAndComments() throws IOException {
    assertThat(
            events(
                "event: hello\nid: 1\ndata: {\"a\":\ndata: 1}\n\n: still here\n\ndata:x\r\n\r\n"))
        .containsExactly(new Event("hello", "{\"a\":\n1}"), new Event("", ""), new Event("", "x"));
  }

  /** Half an event is none: the stream broke off. */
  @Test
  void whatIsNotEndedIsLeftOut() throws IOException {
    assertThat(events("event: command\ndata: {}\n")).isEmpty();
  }

  @Test
  void anEndlessEventIsRefused() {
    assertThatThrownBy(() -> events(("data: " + "x".repeat(1000) + "\n").repeat(200)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> events("data: " + "x".repeat(200_000)))
        .isInstanceOf(IOException.class);
  }
}
