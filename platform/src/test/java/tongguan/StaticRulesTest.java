package tongguan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What no code of ours does, so that it cannot go wrong (ASVS 1.2.7, 1.3.8, 3.2.3, 3.5.5, 15.2.3).
 */
class StaticRulesTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("tongguan");

  @Test
  void nothingLooksUpNamesQueriesXmlOrRunsTextAsCode() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "javax.naming..",
            "javax.xml.xpath..",
            "javax.xml.transform..",
            "javax.script..",
            "java.rmi..",
            "javax.management.remote..")
        .check(OURS);
    noClasses().should().callMethod(Runtime.class, "exec", String.class).check(OURS);
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.io.ObjectInputStream.class)
        .check(OURS);
  }

  @Test
  void thePlatformKnowsNothingOfTheSampleWorldsMakerNorOfItsTests() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("tongguan.simulator..", "org.junit..", "org.assertj..")
        .check(OURS);
  }

  /**
   * Messages between windows stay on the channel of our own origin; markup comes from templates.
   */
  @Test
  void theClientMakesNoMarkupFromTextAndListensToNoOtherWindow() throws IOException {
    List<String> forbidden =
        List.of(
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "{@html",
            "eval(",
            "new Function",
            "addEventListener('message'",
            "window.parent",
            "window.opener",
            "parent.postMessage",
            "setTimeout('");
    try (Stream<Path> files = Files.walk(Path.of("../web/src"))) {
      List<Path> sources =
          files.filter(file -> file.toString().matches(".*\\.(ts|svelte)")).toList();
      assertThat(sources).hasSizeGreaterThan(50);
      for (Path source : sources) {
        assertThat(Files.readString(source)).as(source.toString()).doesNotContain(forbidden);
      }
    }
  }
}
