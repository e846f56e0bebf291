package tongguan.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tongguan.base.StartFailure;

/** The options of a bench or a drill: names with a value each. */
final class Options {
  private final String bench;
  private final Map<String, String> values = new HashMap<>();

  Options(String bench, List<String> words, Set<String> known) {
    this.bench = bench;
    for (int i = 0; i < words.size(); i += 2) {
      if (!known.contains(words.get(i)) || i + 1 == words.size()) {
        throw StartFailure.usage(
            "%s takes %s, each with a value; not \"%s\"."
                .formatted(
                    bench, String.join(", ", known.stream().sorted().toList()), words.get(i)));
      }
      values.put(words.get(i), words.get(i + 1));
    }
  }

  int number(String name, int otherwise, int least, int most) {
    String text = values.getOrDefault(name, String.valueOf(otherwise));
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw StartFailure.usage(
          "%s: %s \"%s\" is not a number from %d to %d.".formatted(bench, name, text, least, most));
    }
    return Integer.parseInt(text);
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
