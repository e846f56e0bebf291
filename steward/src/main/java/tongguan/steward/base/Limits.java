package tongguan.steward.base;

import java.time.Duration;

/** Every bound on what comes from outside, and every wait. */
public final class Limits {
  public static final int JSON_DEPTH = 16;
  public static final int JSON_STRING_CHARACTERS = 64 * 1024;

  /** An answer of the platform to the steward itself. */
  public static final int ANSWER_BYTES = 256 * 1024;

  /** Of what the platform and the browser send through the gateway. */
  public static final int HEAD_BYTES = 16 * 1024;

  public static final int HEAD_FIELDS = 100;
  public static final int LINE_BYTES = 8 * 1024;

  /** One event of the held stream. */
  public static final int EVENT_CHARACTERS = 128 * 1024;

  /** Connections of browsers on this machine at a time. */
  public static final int GATEWAY_CONNECTIONS = 64;

  public static final Duration CONNECT = Duration.ofSeconds(10);
  public static final Duration ANSWER = Duration.ofSeconds(30);

  /** A browser's head and each piece of its body. */
  public static final Duration BROWSER_SILENCE = Duration.ofSeconds(30);

  /**
   * Between two requests of a browser on one connection; the platform keeps its side for longer.
   */
  public static final Duration BROWSER_IDLE = Duration.ofSeconds(50);

  /** The platform writes into a held stream every 15 s. */
  public static final Duration STREAM_SILENCE = Duration.ofSeconds(45);

  public static final Duration BACKOFF_FIRST = Duration.ofSeconds(1);
  public static final Duration BACKOFF_LAST = Duration.ofSeconds(60);

  /** How long an unlock command may have been on its way. */
  public static final Duration UNLOCK_FRESH = Duration.ofSeconds(120);

  /**
   * An unlocked device without a word from the platform locks after that, unless the site says
   * otherwise.
   */
  public static final Duration LEASE = Duration.ofSeconds(120);

  /** No right to be unlocked is longer, whatever a command says. */
  public static final Duration GRANT = Duration.ofHours(24);

  public static final Duration HEARTBEAT_SHORTEST = Duration.ofSeconds(2);
  public static final Duration HEARTBEAT = Duration.ofSeconds(30);
  public static final Duration HEARTBEAT_LONGEST = Duration.ofMinutes(15);

  public static final int LOCK_HOURS = 24;
  public static final int WIPE_DAYS = 30;

  /**
   * A device that was off must have been on for that long without contact before the rule of days
   * wipes it.
   */
  public static final Duration WIPE_GRACE = Duration.ofHours(1);

  /** Answers that wait for the platform, and outcomes remembered for commands that come twice. */
  public static final int ANSWERS = 64;

  public static final int MESSAGE_CHARACTERS = 2000;
  public static final int DIAGNOSTICS_CHARACTERS = 4000;
  public static final int DETAIL_CHARACTERS = 500;

  /** One thing in the encrypted store. */
  public static final int STORED_BYTES = 16 * 1024 * 1024;

  public static final Duration PROGRAM = Duration.ofSeconds(10);
  public static final Duration TAMPER_CHECK = Duration.ofMinutes(5);

  private Limits() {}
}
