package tongguan.bench;

import java.util.Arrays;
import java.util.List;
import tongguan.base.StartFailure;

/** Reads the name of the drill. */
public final class Drill {
  private Drill() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = Arrays.asList(arguments);
    try {
      if (words.isEmpty() || !words.getFirst().equals("commands")) {
        throw StartFailure.usage("drill: which one? commands (see drill --help).");
      }
      if (!CommandDrill.run(words.subList(1, words.size()), System.out)) {
        System.exit(1);
      }
    } catch (StartFailure failure) {
      System.err.println(failure.getMessage());
      System.exit(failure.exitCode());
    }
  }
}
