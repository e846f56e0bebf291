package tongguan.clearance;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tongguan.base.Problem;
import tongguan.core.Core;

/**
 * Sea and air declarations go to the system of their way; duty, value, holds, seizures and appeals
 * to customs administration, where there is such a system.
 */
final class ConfiguredSystems implements CoreSystems {
  private static final Set<Act> CUSTOMS =
      Set.of(
          Act.VALUE,
          Act.ASSESS_DUTY,
          Act.HOLD,
          Act.LIFT_HOLD,
          Act.SEIZE,
          Act.LODGE_APPEAL,
          Act.DISMISS_APPEAL,
          Act.GRANT_APPEAL);

  private final Core core;

  ConfiguredSystems(Core core) {
    this.core = core;
  }

  @Override
  public Optional<String> find(Act act, Standing now) {
    return Optional.of(name(act, now)).filter(name -> core.system(name).isPresent());
  }

  private String name(Act act, Standing now) {
    String way = now.byAir() ? "air" : "sea";
    return CUSTOMS.contains(act) && core.system("customs").isPresent() ? "customs" : way;
  }

  @Override
  public String of(Act act, Standing now) {
    String system = name(act, now);
    if (core.system(system).isEmpty()) {
      throw Problem.of(
              409,
              "no-core-system",
              "此平台尚未連接該通關系統，無法辦理。",
              "This platform is not connected to that core system, so that this cannot be done here.")
          .with("system", system);
    }
    return system;
  }

  @Override
  public Optional<String> user(UUID session, String system) {
    return core.sessions().user(session, system);
  }
}
