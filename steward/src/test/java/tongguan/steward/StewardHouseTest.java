package tongguan.steward;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms of the steward and what they may use: lower floors only. */
class StewardHouseTest {
  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("base", 0),
          Map.entry("control", 1),
          Map.entry("store", 1),
          Map.entry("wire", 1),
          Map.entry("desk", 1),
          Map.entry("enrol", 2),
          Map.entry("guard", 2),
          Map.entry("gateway", 3),
          Map.entry("command", 3),
          Map.entry("report", 3));

  private static final JavaClasses STEWARD =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("tongguan");

  @Test
  void everyRoomHasAFloorAndUsesLowerOnesOnly() {
    TreeSet<String> rooms = new TreeSet<>();
    STEWARD.forEach(type -> rooms.add(room(type)));
    rooms.remove("");
    List<String> upward =
        STEWARD.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(StewardHouseTest::climbs)
            .map(Dependency::getDescription)
            .toList();

    assertThat(rooms).isEqualTo(new TreeSet<>(FLOORS.keySet()));
    assertThat(upward).isEmpty();
  }

  private static boolean climbs(Dependency dependency) {
    String from = room(dependency.getOriginClass());
    String to = room(dependency.getTargetClass());
    if (!dependency.getTargetClass().getPackageName().startsWith("tongguan") || from.isEmpty()) {
      return false;
    }
    return !from.equals(to)
        && (to.isEmpty() || FLOORS.getOrDefault(to, 0) >= FLOORS.getOrDefault(from, 0));
  }

  private static String room(JavaClass type) {
    List<String> parts = List.of(type.getPackageName().split("\\.", -1));
    return parts.size() > 2 ? parts.get(2) : "";
  }

  /**
   * It shares no code with the platform; all that they have in common is what they say to each
   * other.
   */
  @Test
  void theStewardIsAProgramOfItsOwn() {
    assertThat(STEWARD.stream().map(JavaClass::getPackageName))
        .allMatch(name -> name.startsWith("tongguan.steward"));
  }

  @Test
  void onlyTheDeskKnowsTheBus() {
    noClasses()
        .that()
        .resideOutsideOfPackage("tongguan.steward.desk..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.freedesktop.dbus.connections..")
        .check(STEWARD);
  }

  @Test
  void timeComesFromClocksThatTestsCanMove() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .check(STEWARD);
  }

  @Test
  void nothingRunsTextAsCodeOrReadsObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.naming..", "javax.script..", "java.rmi..", "javax.xml..")
        .check(STEWARD);
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.io.ObjectInputStream.class)
        .check(STEWARD);
    noClasses().should().callMethod(Runtime.class, "exec", String.class).check(STEWARD);
  }

  @Test
  void nothingSleeps() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "it is Thread.sleep",
                call ->
                    call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("sleep")))
        .check(new ClassFileImporter().importPackages("tongguan"));
  }
}
