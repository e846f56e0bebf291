package tongguan.core;

import java.time.Instant;

/** What a core system says to an officer's name and password. */
public sealed interface SignedIn {
  /**
   * The officer is in.
   *
   * @param token opens the system in the officer's name
   * @param user the officer's name there, as the system writes it
   * @param until when the token ends by itself
   */
  record In(String token, String user, Instant until) implements SignedIn {
    /** Never the token: records print themselves into logs. */
    @Override
    public String toString() {
      return "In[" + user + ", " + until + ']';
    }
  }

  /** With its own code and words. */
  record Refused(String code, String text) implements SignedIn {}

  /** No answer to be had; whether the password was looked at is not known. */
  record Away(String why) implements SignedIn {}
}
