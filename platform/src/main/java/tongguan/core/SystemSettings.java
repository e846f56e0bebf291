package tongguan.core;

import java.nio.file.Path;
import java.time.Duration;
import tongguan.base.Problem.Texts;

/**
 * What the settings say of any core system; what its protocol needs besides is in {@code own}.
 *
 * @param kind which connector it is reached by
 * @param sender under which its events are stored as messages
 * @param time one answer may take
 * @param rest it gets after failures
 * @param atOnce questions at a time
 * @param poll between looks for events
 * @param own the settings of its protocol
 */
public record SystemSettings(
    String name,
    String kind,
    Texts title,
    String sender,
    Duration time,
    Duration rest,
    int atOnce,
    Duration poll,
    Members own) {

  /** Only what tells which system it is: the rest may name files of secrets. */
  @Override
  public String toString() {
    return "SystemSettings[" + name + ", " + kind + ']';
  }

  /** Where relative names of files start. */
  public Path folder() {
    return own.folder();
  }
}
