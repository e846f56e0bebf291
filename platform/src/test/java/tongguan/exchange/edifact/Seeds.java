package tongguan.exchange.edifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import tongguan.exchange.message.Origin;
import tongguan.exchange.message.Reading;
import tongguan.record.Fact;

/** The sample interchanges of the tests, each right as it stands. */
final class Seeds {
  static final List<String> NAMES =
      List.of(
          "cuscar-sea",
          "cuscar-air",
          "cuscar-replace",
          "cuscar-delete-bill",
          "cuscar-big5",
          "cuscar-utf8",
          "codeco-gate-in",
          "codeco-gate-out",
          "codeco-d16b",
          "coarri-discharge",
          "coarri-load",
          "cusres-accepted",
          "cusres-rejected",
          "cusres-channel",
          "cusres-hold",
          "cusres-lifted",
          "cusres-released",
          "cusres-d00b",
          "baplie-15",
          "baplie-22",
          "baplie-31");

  static final Origin ORIGIN = new Origin(new UUID(1, 2), "TEST", 2, 42);

  private Seeds() {}

  static byte[] bytes(String name) {
    try (InputStream in = Seeds.class.getResourceAsStream(name + ".edi")) {
      if (in == null) {
        throw new IllegalArgumentException("no seed " + name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Reading read(Part part) {
    return switch (part) {
      case Part.Message message -> EdifactMessages.read(message.context(), message.raw(), ORIGIN);
      case Part.Broken broken -> Reading.refused(broken.reason());
    };
  }

  /** The facts of a seed, which must be one good message. */
  static List<Fact> facts(String name) {
    return facts(bytes(name));
  }

  static List<Fact> facts(byte[] body) {
    List<Part> parts = Interchanges.split(body);
    if (parts.size() != 1) {
      throw new AssertionError("not one part: " + parts);
    }
    return switch (read(parts.getFirst())) {
      case Reading.Facts read -> read.facts();
      case Reading.Refused refused -> throw new AssertionError(refused.reason().toString());
    };
  }
}
