package tongguan;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of floors held against the imports: a room uses rooms on lower floors only. */
class HouseTest {
  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("base", 0),
          Map.entry("reference", 1),
          Map.entry("audit", 1),
          Map.entry("identity", 2),
          Map.entry("fleet", 2),
          Map.entry("access", 3),
          Map.entry("record", 4),
          Map.entry("exchange", 4),
          Map.entry("core", 4),
          Map.entry("dossier", 5),
          Map.entry("photo", 5),
          Map.entry("clearance", 5),
          Map.entry("examination", 6),
          Map.entry("bonded", 6),
          Map.entry("field", 6),
          Map.entry("inspection", 6));

  /** Rooms on one floor that may use each other, and which way. */
  private static final Map<String, Set<String>> NEIGHBOURS =
      Map.of("exchange", Set.of("record"), "core", Set.of("exchange", "record"));

  /** What only the rooms above may speak of. */
  private static final Pattern CUSTOMS_WORD =
      Pattern.compile(
          "customs|container|declaration|voyage|vessel|cargo|tariff|waybill|consign|duty|officer"
              + "|cuscar|codeco|coarri|baplie|cusres",
          Pattern.CASE_INSENSITIVE);

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("tongguan");

  @Test
  void everyRoomHasAFloor() {
    TreeSet<String> rooms = new TreeSet<>();
    HOUSE.forEach(type -> rooms.add(room(type)));
    rooms.remove("");

    assertThat(rooms).isEqualTo(new TreeSet<>(FLOORS.keySet()));
  }

  @Test
  void aRoomUsesRoomsOnLowerFloorsOnly() {
    List<String> upward =
        HOUSE.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(HouseTest::climbs)
            .map(Dependency::getDescription)
            .toList();

    assertThat(upward).isEmpty();
  }

  private static boolean climbs(Dependency dependency) {
    String from = room(dependency.getOriginClass());
    String to = room(dependency.getTargetClass());
    if (!dependency.getTargetClass().getPackageName().startsWith("tongguan") || from.isEmpty()) {
      return false;
    }
    if (to.isEmpty()) {
      return true;
    }
    boolean neighbour = NEIGHBOURS.getOrDefault(from, Set.of()).contains(to);
    return !from.equals(to)
        && !neighbour
        && FLOORS.getOrDefault(to, 0) >= FLOORS.getOrDefault(from, 0);
  }

  /** Empty for the composition root. */
  private static String room(JavaClass type) {
    List<String> parts = List.of(type.getPackageName().split("\\.", -1));
    return parts.size() > 1 && parts.getFirst().equals("tongguan") ? parts.get(1) : "";
  }

  @Test
  void onlyTheGroundFloorKnowsTheWebServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("tongguan.base.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.helidon..")
        .check(HOUSE);
  }

  @Test
  void timeComesFromTheClock() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(java.time.OffsetDateTime.class, "now")
        .because("the clock is injected (rule 34)")
        .check(HOUSE);
  }

  @Test
  void oneClassAloneParsesXmlAndNobodyCancelsStatements() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(tongguan.base.xml.Xml.class)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.xml..", "org.xml..", "org.w3c..")
        .because("there is one factory, and it fetches nothing (rule 23)")
        .check(HOUSE);
    noClasses()
        .should()
        .callMethod(java.sql.Statement.class, "setQueryTimeout", int.class)
        .orShould()
        .callMethod(java.sql.Statement.class, "cancel")
        .because("a cancelled wait at commit looks like a success (rule 13)")
        .check(HOUSE);
  }

  @Test
  void theGroundFloorNamesNothingOfCustoms() {
    List<String> names =
        HOUSE.stream()
            .filter(type -> room(type).equals("base"))
            .flatMap(type ->
                Stream.concat(
                    Stream.of(type.getName()),
                    type.getMembers().stream().map(JavaMember::getFullName)))
            .filter(name -> CUSTOMS_WORD.matcher(ownName(name)).find())
            .toList();

    assertThat(names).isEmpty();
  }

  /** The name without the types of its parameters. */
  private static String ownName(String name) {
    return name.split("\\(", 2)[0];
  }

  @Test
  void noTestSleeps() {
    noClasses()
        .should()
        .callMethodWhere(
            describe(
                "it is Thread.sleep",
                call ->
                    call.getTargetOwner().isEquivalentTo(Thread.class)
                        && call.getName().equals("sleep")))
        .because("a wait of a fixed length is too short on a slow machine and too long on ours")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("tongguan"));
  }
}
