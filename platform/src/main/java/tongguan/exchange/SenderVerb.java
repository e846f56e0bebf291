package tongguan.exchange;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tongguan.base.StartFailure;
import tongguan.base.database.Database;

/**
 * The verb {@code sender}: who may send messages. Works in the database of the running platform;
 * whoever may read its data folder, or has its address, administers it.
 */
public final class SenderVerb {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,34}");

  private final Senders senders;
  private final PrintStream out;

  private SenderVerb(Senders senders, PrintStream out) {
    this.senders = senders;
    this.out = out;
  }

  /**
   * @param words {@code add ID [--relay] [--rank N] [--kinds A,B] [--name-zh T] [--name-en T]},
   *     {@code list}, {@code disable ID} or {@code enable ID}
   */
  public static int run(List<String> words, Database database, PrintStream out) {
    SenderVerb verb = new SenderVerb(new Senders(database), out);
    return switch (words.isEmpty() ? "" : words.getFirst()) {
      case "add" -> verb.add(words.subList(1, words.size()));
      case "list" -> verb.list();
      case "disable" -> verb.enable(words, false);
      case "enable" -> verb.enable(words, true);
      default -> throw usage("it takes add, list, disable or enable");
    };
  }

  private int add(List<String> words) {
    if (words.isEmpty() || !ID.matcher(words.getFirst()).matches()) {
      throw usage("add needs an id of letters, digits and dashes, at most 35");
    }
    String id = words.getFirst();
    String nameZh = id;
    String nameEn = id;
    int rank = 2;
    boolean relay = false;
    @Nullable Set<String> kinds = null;
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--relay" -> relay = true;
        case "--rank" -> rank = rank(value(words, ++i));
        case "--kinds" -> kinds = new TreeSet<>(List.of(value(words, ++i).split(",")));
        case "--name-zh" -> nameZh = value(words, ++i);
        case "--name-en" -> nameEn = value(words, ++i);
        default -> throw usage("add does not know \"" + words.get(i) + '"');
      }
    }
    Credential credential = senders.add(new Sender(id, nameZh, nameEn, rank, relay, kinds, true));
    out.println(credential.token());
    out.println("This is shown only once: send it as Authorization: Bearer <the line above>.");
    return 0;
  }

  private int list() {
    for (Sender sender : senders.list()) {
      List<String> traits = new ArrayList<>();
      traits.add("rank " + sender.rank());
      if (sender.relay()) {
        traits.add("relay");
      }
      if (sender.kinds() != null) {
        traits.add("only " + String.join(",", sender.kinds()));
      }
      if (!sender.enabled()) {
        traits.add("disabled");
      }
      out.printf(
          "%s  %s  %s  %s%n",
          sender.id(), String.join(", ", traits), sender.nameZh(), sender.nameEn());
    }
    return 0;
  }

  private int enable(List<String> words, boolean enabled) {
    if (words.size() != 2) {
      throw usage(words.getFirst() + " needs one id");
    }
    if (!senders.setEnabled(words.get(1), enabled)) {
      throw StartFailure.environment("There is no sender \"" + words.get(1) + "\".");
    }
    return 0;
  }

  private static int rank(String text) {
    if (!text.matches("[123]")) {
      throw usage("--rank is 1 (carrier), 2 (terminal, other agency) or 3 (core system)");
    }
    return Integer.parseInt(text);
  }

  private static String value(List<String> words, int index) {
    if (index >= words.size() || words.get(index).isBlank()) {
      throw usage(words.get(index - 1) + " needs a value");
    }
    return words.get(index);
  }

  private static StartFailure usage(String sentence) {
    return StartFailure.usage("sender: " + sentence + " (see sender --help).");
  }
}
