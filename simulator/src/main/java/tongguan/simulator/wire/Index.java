package tongguan.simulator.wire;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a folder of messages holds: how many of each kind (repeated and broken ones counted with
 * them), how many are repeated word for word, which must end in quarantine, and keys worth typing.
 */
final class Index {
  private final Map<String, Long> messages = new TreeMap<>();
  private final List<Notice> broken = new ArrayList<>();
  private final Map<String, Notice> keys = new LinkedHashMap<>();
  private long repeated;

  void written(Map<String, Integer> some) {
    some.forEach((kind, count) -> messages.merge(kind, (long) count, Long::sum));
  }

  void repeated(Map<String, Integer> some) {
    repeated += some.values().stream().mapToInt(Integer::intValue).sum();
  }

  void broken(String kind, String reference, String zh, String en) {
    broken.add(
        Notice.object().put("kind", kind).put("reference", reference).put("zh", zh).put("en", en));
  }

  void remember(String kind, String key, String zh, String en) {
    if (!keys.containsKey(en)) {
      keys.put(en, Notice.object().put("kind", kind).put("key", key).put("zh", zh).put("en", en));
    }
  }

  byte[] text(long seed, int containers, LocalDateTime until, int files) {
    Notice counts = Notice.object();
    messages.forEach(counts::put);
    String head =
        Notice.object()
            .put("seed", seed)
            .put("containers", containers)
            .put("until", until)
            .put("files", files)
            .put("repeated", repeated)
            .put("quarantined", broken.size())
            .put("messages", counts)
            .line();
    return (head.substring(0, head.length() - 1)
            + list("broken", broken)
            + list("try", List.copyOf(keys.values()))
            + "}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String list(String name, List<Notice> entries) {
    return entries.stream()
        .map(Notice::line)
        .collect(Collectors.joining(",\n  ", ",\n \"" + name + "\":[\n  ", "\n ]"));
  }
}
