package tongguan.core;

import java.time.Instant;

/** What a core system says to a look-up. */
public sealed interface Queried {
  /**
   * @param json what it knows, an object; data of someone else, to be shown as such
   * @param asOf the moment of that knowledge
   */
  record Found(String json, Instant asOf) implements Queried {}

  record Nothing() implements Queried {}

  /** With its own code and words: no right there, or its sign-in has ended. */
  record Refused(String code, String text) implements Queried {}

  record Away(String why) implements Queried {}
}
