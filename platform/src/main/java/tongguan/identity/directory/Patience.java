package tongguan.identity.directory;

import java.time.Duration;
import tongguan.base.Limits;

/**
 * How long a directory or sign-on service is waited for.
 *
 * @param answer from connecting to the end of the answer
 * @param rest how long it is left alone after it did not answer some times in a row
 */
public record Patience(Duration answer, Duration rest) {
  public static final Patience STANDARD =
      new Patience(Limits.DIRECTORY_TIME, Limits.DIRECTORY_REST);
}
