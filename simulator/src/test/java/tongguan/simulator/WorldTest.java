package tongguan.simulator;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A small world as its reader finds it. */
class WorldTest {
  private static final String[] OPTIONS = {"--containers", "3000", "--until", "2026-11-20"};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OffsetDateTime UNTIL = OffsetDateTime.parse("2026-11-21T00:00:00+08:00");

  @TempDir static Path scratch;
  private static WrittenWorld world;
  private static Map<String, List<Happening>> bySubject;

  @BeforeAll
  static void live() throws IOException {
    List<String> options = new ArrayList<>(List.of(OPTIONS));
    options.addAll(List.of("--declarations", scratch.resolve("declarations").toString()));
    world = WrittenWorld.of(scratch.resolve("world"), options.toArray(String[]::new));
    bySubject =
        Happening.of(world).stream()
            .sorted(Comparator.comparing(Happening::at))
            .collect(groupingBy(Happening::subject));
  }

  @Test
  void theSameSeedAndMomentMakeTheSameBytes() throws IOException {
    WrittenWorld again = WrittenWorld.of(scratch.resolve("again"), OPTIONS);

    assertThat(WrittenWorld.digest(again.folder())).isEqualTo(WrittenWorld.digest(world.folder()));
  }

  @Test
  void anotherSeedMakesAnotherWorld() throws IOException {
    WrittenWorld other =
        WrittenWorld.of(
            scratch.resolve("other"),
            "--containers",
            "3000",
            "--until",
            "2026-11-20",
            "--seed",
            "2");

    assertThat(WrittenWorld.digest(other.folder()))
        .isNotEqualTo(WrittenWorld.digest(world.folder()));
  }

  @Test
  void theIndexCountsWhatTheFilesHold() {
    Map<String, Long> stated = new TreeMap<>();
    world
        .index
        .path("messages")
        .properties()
        .forEach(count -> stated.put(count.getKey(), count.getValue().asLong()));

    assertThat(world.counts()).isEqualTo(stated);
  }

  @Test
  void everyKindOfMessageOccurs() {
    assertThat(world.counts().keySet())
        .contains("CUSCAR", "CODECO", "COARRI", "CUSRES", "BAPLIE", "NX5105", "NX5203", "N5107")
        .contains("N5110", "N5116", "N5204", "declaration-reply", "discharge-permit")
        .contains("container-movement", "examination", "bonded-check");
  }

  @Test
  void everyKeyToTryIsInSomeMessage() {
    List<String> sorts = new java.util.ArrayList<>();
    for (JsonNode one : world.index.path("try")) {
      sorts.add(one.path("en").asString());
      String last = one.path("key").asString().replaceAll("^.*/(?=[^0-9])", "");
      String typed =
          one.path("kind").asString().equals("voyage") ? last.replaceAll("/.*", "") : last;
      String airWaybill = typed.matches("[0-9]{11}") ? typed.substring(3) : typed;
      assertThat(world.contains(airWaybill)).as(one.toString()).isTrue();
    }

    assertThat(sorts)
        .contains("container in channel C1", "container in channel C3X")
        .contains("transshipment container", "bill split over two voyages")
        .contains("declaration on hold now", "voyage that is expected");
  }

  @Test
  void nothingIsToldBeforeItHappened() {
    assertThat(bySubject.values().stream().flatMap(List::stream))
        .allMatch(happening -> !happening.at().isAfter(UNTIL));
  }

  @Test
  void whatCustomsHoldOfADeclarationIsWhatWasToldLast() throws IOException {
    int held = 0;
    int released = 0;
    for (String line : Files.readAllLines(scratch.resolve("declarations"))) {
      JsonNode entry = JSON.readTree(line);
      List<Happening> happenings =
          bySubject.getOrDefault(entry.path("declaration").asString(), List.of());

      assertThat(entry.path("held").asBoolean())
          .as(line)
          .isEqualTo(isOn(happenings, "hold", "hold-lifted"));
      assertThat(entry.path("released").asBoolean())
          .as(line)
          .isEqualTo(isOn(happenings, "released", "release-cancelled"));
      held += entry.path("held").asBoolean() ? 1 : 0;
      released += entry.path("released").asBoolean() ? 1 : 0;
    }

    assertThat(held).isPositive();
    assertThat(released).isGreaterThan(1000);
  }

  /** Whether the one was told, and not the other after it. */
  private static boolean isOn(List<Happening> happenings, String on, String off) {
    return happenings.stream()
        .map(Happening::what)
        .filter(what -> what.equals(on) || what.equals(off))
        .reduce((_, last) -> last)
        .filter(on::equals)
        .isPresent();
  }

  @Test
  void aReleaseComesAfterAllThatItNeeds() {
    int released = 0;
    for (List<Happening> happenings : declarations()) {
      Map<String, OffsetDateTime> first = new HashMap<>();
      Map<String, OffsetDateTime> last = new HashMap<>();
      for (Happening happening : happenings) {
        first.putIfAbsent(happening.what(), happening.at());
        last.put(happening.what(), happening.at());
      }
      if (!first.containsKey("released")) {
        continue;
      }
      released++;
      OffsetDateTime release = first.get("released");
      assertThat(first.keySet()).as(happenings.toString()).contains("lodged", "accepted");
      assertThat(first.get("accepted")).isAfter(first.get("lodged")).isBefore(release);
      assertThat(first.keySet()).doesNotContain("rejected", "withdrawn", "seized", "returned");
      if (first.containsKey("hold")) {
        assertThat(last.get("hold-lifted")).isAfter(first.get("hold")).isBefore(release);
      }
      if (first.containsKey("C3M") || first.containsKey("C3X")) {
        assertThat(last.get("examined")).as(happenings.toString()).isBefore(release);
      }
      if (first.containsKey("C2")) {
        assertThat(last.get("documents-reviewed")).isBefore(release);
      }
      if (first.containsKey("duty-assessed")) {
        OffsetDateTime settled = last.getOrDefault("duty-paid", last.get("guaranteed"));
        assertThat(settled).isAfter(first.get("duty-assessed")).isBefore(release);
      }
    }
    assertThat(released).isGreaterThan(1000);
  }

  @Test
  void aContainerLeavesOnlyUnderAReleasedDeclaration() {
    long checked = 0;
    for (List<Happening> happenings : bySubject.values()) {
      for (Happening out : happenings) {
        if (out.what().equals("gate-out") && !out.declaration().isEmpty()) {
          checked++;
          assertThat(bySubject.get(out.declaration()))
              .as(out.toString())
              .anyMatch(step -> step.what().equals("released") && step.at().isBefore(out.at()));
        }
      }
    }
    assertThat(checked).isGreaterThan(500);
  }

  @Test
  void aBoxComesAshoreBeforeItGoesOnAndSomeGoOnWithAnotherShip() {
    int transshipped = 0;
    int reused = 0;
    for (List<Happening> happenings : bySubject.values()) {
      List<Happening> moves =
          happenings.stream()
              .filter(move ->
                  Set.of("discharge", "load", "gate-in", "gate-out", "transfer")
                      .contains(move.what()))
              .toList();
      if (moves.isEmpty() || moves.stream().noneMatch(move -> move.what().equals("discharge"))) {
        continue;
      }
      assertThat(moves.getFirst().what()).as(moves.toString()).isEqualTo("discharge");
      for (Happening load : moves) {
        if (load.what().equals("load")) {
          assertThat(load.voyage()).isNotEqualTo(moves.getFirst().voyage());
          boolean left = moves.stream().anyMatch(move -> move.what().equals("gate-out"));
          transshipped += left ? 0 : 1;
          reused += left ? 1 : 0;
        }
      }
    }
    assertThat(transshipped).isGreaterThan(10);
    assertThat(reused).isGreaterThan(10);
  }

  @Test
  void checkDigitsAreRightButForAFew() {
    Set<String> numbers =
        bySubject.keySet().stream()
            .filter(subject -> subject.matches("[A-Z]{4}[0-9]{7}"))
            .collect(Collectors.toCollection(TreeSet::new));
    long wrong = numbers.stream().filter(number -> !Iso6346.fits(number)).count();

    assertThat(numbers.size()).isGreaterThan(2500);
    assertThat(wrong).isBetween(1L, numbers.size() / 50L);
  }

  @Test
  void channelsHaveTheSharesOfTheTrade() {
    Map<String, Long> shares =
        bySubject.values().stream()
            .flatMap(List::stream)
            .filter(happening -> happening.what().matches("C1|C2|C3M|C3X"))
            .collect(groupingBy(Happening::what, Collectors.counting()));
    double all = shares.values().stream().mapToLong(Long::longValue).sum();

    assertThat(shares.getOrDefault("C1", 0L) / all).isBetween(0.77, 0.83);
    assertThat(shares.getOrDefault("C2", 0L) / all).isBetween(0.10, 0.14);
    assertThat((shares.getOrDefault("C3M", 0L) + shares.getOrDefault("C3X", 0L)) / all)
        .isBetween(0.06, 0.10);
  }

  @Test
  void someWorkIsOpenAtTheEnd() {
    long open =
        declarations().stream()
            .filter(steps ->
                steps.stream()
                    .noneMatch(step ->
                        Set.of("released", "rejected", "withdrawn", "seized", "returned")
                            .contains(step.what())))
            .count();

    assertThat(open).isGreaterThan(50);
  }

  @Test
  void messagesComeTwiceAndOutOfOrder() {
    Set<String> seen = new TreeSet<>();
    long twice = world.notices.stream().filter(n -> !seen.add(n.toString())).count();
    OffsetDateTime newest = OffsetDateTime.MIN;
    int late = 0;
    for (JsonNode notice : world.notices) {
      OffsetDateTime at = OffsetDateTime.parse(notice.path("eventTime").asString());
      late += at.isBefore(newest.equals(OffsetDateTime.MIN) ? at : newest.minusDays(1)) ? 1 : 0;
      newest = at.isAfter(newest) ? at : newest;
    }

    assertThat(twice).isGreaterThan(20);
    assertThat(late).isGreaterThan(20);
    assertThat(world.index.path("repeated").asLong()).isGreaterThanOrEqualTo(twice);
  }

  private static List<List<Happening>> declarations() {
    return bySubject.values().stream()
        .filter(all -> all.stream().anyMatch(happening -> happening.what().equals("lodged")))
        .toList();
  }
}
