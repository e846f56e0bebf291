package tongguan.simulator;

import java.io.PrintStream;

/** Says how far a long run is, a few times a run. */
final class Progress {
  private static final int STEPS = 20;

  private final PrintStream out;

  Progress(PrintStream out) {
    this.out = out;
  }

  void done(int voyages, int of) {
    if (of >= STEPS && voyages % (of / STEPS) == 0) {
      out.println("sample world: " + voyages * 100L / of + " %");
    }
  }
}
