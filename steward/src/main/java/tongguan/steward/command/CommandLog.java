package tongguan.steward.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tongguan.steward.base.DurableFile;
import tongguan.steward.base.Json;
import tongguan.steward.base.Limits;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The highest number that was begun, on disk before anything is done, and the answers: those that
 * wait for the platform, and the last ones, for commands that come again. One small file.
 */
public final class CommandLog {
  /** What is known of an answer: it stands for a command at work, waits, or was taken. */
  private enum Stage {
    BEGUN,
    WAITING,
    TAKEN
  }

  private record Kept(Answer answer, Stage stage) {}

  private final DurableFile file;
  private final TreeMap<Long, Kept> answers = new TreeMap<>();
  private long highest;

  /**
   * Throws if the file is damaged: a device that forgot what it did could be made to do it again.
   */
  public CommandLog(Path state) throws IOException {
    file = new DurableFile(state.resolve("commands.json"));
    Optional<String> text = file.readText();
    if (text.isPresent()) {
      try {
        read(Json.read(text.get()));
      } catch (Json.Malformed damaged) {
        throw new IOException(file.path() + " is damaged: enrol the device anew", damaged);
      }
    }
  }

  private void read(JsonNode json) throws Json.Malformed {
    highest = Json.number(json, "highest");
    for (JsonNode each : json.path("answers")) {
      Answer answer =
          new Answer(
              Json.number(each, "number"),
              Json.text(each, "kind"),
              Json.text(each, "outcome"),
              Json.text(each, "detail"));
      answers.put(answer.number(), new Kept(answer, stage(Json.text(each, "stage"))));
    }
  }

  private static Stage stage(String word) throws Json.Malformed {
    try {
      return Stage.valueOf(word);
    } catch (IllegalArgumentException unknown) {
      throw new Json.Malformed("no stage " + word);
    }
  }

  public DurableFile file() {
    return file;
  }

  synchronized long highest() {
    return highest;
  }

  /** The highest number that was carried out, whatever came of it; 0 where there was none. */
  public synchronized long carriedOut() {
    return answers.descendingMap().entrySet().stream()
        .filter(entry -> entry.getValue().stage() != Stage.BEGUN)
        .mapToLong(java.util.Map.Entry::getKey)
        .findFirst()
        .orElse(0);
  }

  /**
   * False if the number is not higher than all before. True when it is on disk, with the answer
   * that is right if the device goes off before it has another.
   */
  synchronized boolean begin(Command command) throws IOException {
    if (command.number() <= highest) {
      return false;
    }
    highest = command.number();
    keep(Answer.failed(command, "the device went off while it was carried out"), Stage.BEGUN);
    write();
    return true;
  }

  /** The final answer, which waits for the platform from now on. */
  synchronized void finish(Answer answer) throws IOException {
    keep(answer, Stage.WAITING);
    write();
  }

  /** After a start: what was begun and not finished is answered as it stands. */
  public synchronized void reviveUnfinished() throws IOException {
    for (Kept kept : List.copyOf(answers.values())) {
      if (kept.stage() == Stage.BEGUN && !kept.answer().kind().equals("wipe")) {
        finish(kept.answer());
      }
    }
  }

  /** The command came again: its answer has to go out again. False if nothing is known of it. */
  synchronized boolean repeat(long number) throws IOException {
    Kept kept = answers.get(number);
    if (kept == null) {
      return false;
    }
    finish(kept.answer());
    return true;
  }

  synchronized List<Answer> waiting() {
    return answers.values().stream()
        .filter(kept -> kept.stage() == Stage.WAITING)
        .map(Kept::answer)
        .sorted(Comparator.comparingLong(Answer::number))
        .toList();
  }

  synchronized void taken(Answer answer) throws IOException {
    answers.replace(answer.number(), new Kept(answer, Stage.TAKEN));
    write();
  }

  private void keep(Answer answer, Stage stage) {
    answers.put(answer.number(), new Kept(answer, stage));
    while (answers.size() > Limits.ANSWERS) {
      answers.pollFirstEntry();
    }
  }

  private void write() throws IOException {
    ObjectNode json = Json.object();
    json.put("highest", highest);
    ArrayNode all = json.putArray("answers");
    answers
        .values()
        .forEach(kept -> all.add(kept.answer().json().put("stage", kept.stage().name())));
    file.write(Json.write(json));
  }
}
