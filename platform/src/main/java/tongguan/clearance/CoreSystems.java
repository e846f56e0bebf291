package tongguan.clearance;

import java.util.Optional;
import java.util.UUID;

/** What the room needs to know of the core systems before it sends them anything. */
interface CoreSystems {
  /** Which core system an act on such a declaration is for; empty where none is connected. */
  Optional<String> find(Act act, Standing now);

  /** The same, where there has to be one. */
  String of(Act act, Standing now);

  /** The officer's name there, while this session is signed in. */
  Optional<String> user(UUID session, String system);
}
