package tongguan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/security.md} held against the requirements that it answers and the sources that it
 * names: each requirement has its row, and each test that a row leans on is there.
 */
class SecurityTableTest {
  /** ASVS 5.0.0: of the groups that are answered, each requirement with its level. */
  private static final Map<String, String> GROUPS =
      Map.of(
          "A",
          """
          3.2.1(1) 3.4.1(1) 3.4.2(1) 3.4.3(2) 3.4.4(2) 3.4.5(2) 3.4.6(2) 3.4.7(3) 3.4.8(3) 4.1.1(1)
          4.1.2(2) 13.4.4(2) 13.4.6(3) 14.2.5(3) 14.3.2(2)
          """,
          "B",
          """
          3.3.1(1) 3.3.2(2) 3.3.3(2) 3.3.4(2) 3.3.5(3) 7.2.1(1) 7.2.2(1) 7.2.3(1) 7.2.4(1) 9.1.1(1)
          9.1.2(1) 9.1.3(1) 9.2.1(1) 9.2.2(2) 9.2.3(2) 9.2.4(2) 14.2.1(1)
          """,
          "C",
          """
          1.2.1(1) 1.2.2(1) 1.2.3(1) 1.3.4(2) 1.3.5(2) 3.2.2(1) 3.2.3(3) 3.5.1(1) 3.5.2(1) 3.5.4(2)
          3.5.5(2) 3.5.8(3) 3.6.1(3) 3.7.2(2) 6.2.6(1) 6.2.7(1) 7.4.4(2) 14.3.1(1) 14.3.3(2)
          """,
          "D",
          """
          6.2.1(1) 6.2.2(1) 6.2.3(1) 6.2.4(1) 6.2.5(1) 6.2.8(1) 6.2.9(2) 6.2.10(2) 6.2.11(2)
          6.2.12(2) 6.3.1(1) 6.3.2(1) 6.3.3(2) 6.3.4(2) 6.3.5(3) 6.3.8(3) 6.4.1(1) 6.4.2(1) 6.4.6(3)
          6.5.6(3) 6.7.2(3)
          """,
          "E",
          """
          7.3.1(2) 7.3.2(2) 7.4.1(1) 7.4.2(1) 7.4.3(2) 7.4.5(2) 7.5.1(2) 7.5.2(2) 7.5.3(3) 7.6.2(2)
          """,
          "F",
          """
          3.5.3(1) 4.1.4(3) 8.2.1(1) 8.2.2(1) 8.2.3(2) 8.2.4(3) 8.3.1(1) 8.3.2(3) 8.3.3(3) 8.4.1(2)
          13.2.2(2) 15.3.1(1) 15.3.3(2)
          """,
          "H",
          "4.1.3(2) 4.2.1(2) 4.2.2(3) 4.2.3(3) 4.2.4(3)",
          "K",
          """
          1.2.5(1) 1.2.7(2) 1.3.2(1) 1.3.8(2) 11.2.1(2) 11.2.4(3) 11.3.1(1) 11.3.2(1) 11.3.4(3)
          11.4.1(1) 11.4.2(2) 11.4.3(2) 11.5.1(2) 13.2.3(2) 13.4.1(1) 13.4.2(2) 15.1.2(2) 15.2.3(2)
          """,
          "N",
          """
          16.2.1(2) 16.2.2(2) 16.2.4(2) 16.2.5(2) 16.3.1(2) 16.3.2(2) 16.3.3(2) 16.3.4(2) 16.4.1(2)
          16.4.2(2) 16.4.3(2) 16.5.2(2) 16.5.3(2) 4.1.5(3)
          """);

  /** Of the threat model: what officers, permission and the audit have to close. */
  private static final List<String> CLOSED =
      List.of(
          "P1", "P8", "P9", "P10", "P11", "P12", "P13", "P17", "P22", "P23", "P24", "P25", "P28",
          "F2", "F11", "F13", "F14", "S1", "S2", "S3", "S4", "S5", "S8");

  private static final Path HOME = Path.of("..");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([0-9.]+) \\(([123])\\) \\| (.+) \\|$");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern TEST = Pattern.compile("([A-Z]\\w*Test)(?:\\.(\\w+))?");

  @Test
  void eachRequirementHasARowInItsGroup() throws IOException {
    GROUPS.forEach((group, ids) -> {
      List<String> rows =
          ROW.matcher(section(group))
              .results()
              .map(row -> row.group(1) + '(' + row.group(2) + ')')
              .toList();
      assertThat(rows).as(group).containsExactlyElementsOf(List.of(ids.strip().split("\\s+")));
    });
  }

  /** A method that is named alone is one of the last class named before it. */
  @Test
  void eachTestThatARowNamesIsThere() {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    for (MatchResult row : ROW.matcher(text(HOME.resolve("docs/security.md"))).results().toList()) {
      String last = "";
      for (MatchResult quoted : QUOTED.matcher(row.group(3)).results().toList()) {
        String name = quoted.group(1);
        var test = TEST.matcher(name);
        if (test.matches()) {
          last = test.group(1);
          String method = test.group(2);
          String source = tests.getOrDefault(last, "");
          if (source.isEmpty() || (method != null && !source.contains(" " + method + "("))) {
            missing.add(row.group(1) + ": " + name);
          }
        } else if (name.matches("\\w+ [a-z].*|[a-z0-9]+([A-Z]\\w*){3,}")) {
          if (!tests.getOrDefault(last, "").contains(" " + name + "(")) {
            missing.add(row.group(1) + ": " + name);
          }
        } else if (name.startsWith("web/") && !Files.exists(HOME.resolve(name))) {
          missing.add(row.group(1) + ": " + name);
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void eachThreatIsNamedWhereItIsTried() {
    String all = String.join("\n", tests().values());

    assertThat(CLOSED)
        .allSatisfy(id ->
            assertThat(
                    Pattern.compile(
                            "\\b"
                                + id
                                + "\\b|void "
                                + id.toLowerCase(java.util.Locale.ROOT)
                                + "[A-Za-z]")
                        .matcher(all)
                        .find())
                .as(id)
                .isTrue());
  }

  private static String section(String group) {
    String text = text(HOME.resolve("docs/security.md"));
    int start = text.indexOf("\n## " + group + ' ');
    assertThat(start).as("the section of group %s", group).isPositive();
    int end = text.indexOf("\n## ", start + 1);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  /** The sources of all tests, by their class. */
  private static Map<String, String> tests() {
    try (Stream<Path> files =
        Stream.concat(
            Files.walk(Path.of("src/test/java")),
            Files.walk(HOME.resolve("steward/src/test/java")))) {
      return files
          .filter(file -> file.toString().endsWith("Test.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  SecurityTableTest::text,
                  (one, other) -> one + other,
                  TreeMap::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
