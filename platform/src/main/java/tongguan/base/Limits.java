package tongguan.base;

import java.time.Duration;

/**
 * Every bound on what comes from outside, in one place; the manual's table of limits is checked
 * against it.
 */
public final class Limits {
  public static final int JSON_DEPTH = 64;
  public static final int JSON_NUMBER_CHARACTERS = 64;
  public static final int JSON_STRING_CHARACTERS = 1_000_000;
  public static final int JSON_NAME_CHARACTERS = 200;

  /** What a request may carry unless its route says otherwise. */
  public static final long BODY_BYTES = 64 * 1024;

  /** One transmission of messages, as sent and after inflation. */
  public static final long TRANSMISSION_BYTES = 16 * 1024 * 1024;

  /** One message of a transmission, by its notation. */
  public static final int JSON_MESSAGE_BYTES = 1024 * 1024;

  public static final int EDIFACT_MESSAGE_BYTES = 12 * 1024 * 1024;

  /** Transmissions that are worked on at a time, each with its body in memory. */
  public static final int TRANSMISSIONS_AT_WORK = 4;

  /**
   * Within an EDIFACT message. Reading is linear in bytes and segments, so that these bound its
   * time, too: under two seconds for the worst transmission.
   */
  public static final int EDIFACT_SEGMENTS = 250_000;

  /** What reading one message may take all the same; then it is refused. */
  public static final Duration EDIFACT_READING = Duration.ofSeconds(2);

  /** Of one message: what was left out of it. */
  public static final int MESSAGE_WARNINGS = 20;

  public static final int EDIFACT_SEGMENT_BYTES = 16 * 1024;
  public static final int EDIFACT_ELEMENTS = 100;
  public static final int EDIFACT_COMPONENTS = 100;
  public static final int EDIFACT_COMPONENT_BYTES = 2048;

  /** Free texts of one subject, put together; what is longer is cut. */
  public static final int EDIFACT_TEXT_CHARACTERS = 4000;

  /** Steps that one customs response may tell: its statuses times its declarations. */
  public static final int EDIFACT_STEPS = 50_000;

  /** Messages in one transmission. */
  public static final int TRANSMISSION_MESSAGES = 50_000;

  public static final int HEADER_BYTES = 16 * 1024;
  public static final int URI_CHARACTERS = 2048;
  public static final int CONNECTIONS = 20_000;
  public static final Duration HEADERS_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);
  public static final Duration IDLE_CONNECTION = Duration.ofSeconds(75);

  /** What accepted requests get to finish when the platform stops. */
  public static final Duration DRAIN = Duration.ofSeconds(3);

  /** Look-ups that share one statement, and such statements at the same time. */
  public static final int LOOK_UPS_TOGETHER = 24;

  public static final int LOOK_UP_LANES = 2;

  /** Requests whose sessions are read by one statement, and such statements at the same time. */
  public static final int SESSIONS_TOGETHER = 32;

  public static final int SESSION_LANES = 2;

  /** What two persons agreed to take away waits so long to be taken. */
  public static final Duration EXPORT_GRANT_LIFE = Duration.ofHours(24);

  /** Requests that may wait for the database; the next one is told to come back. */
  public static final int DATABASE_QUEUE = 512;

  public static final Duration DATABASE_WAIT = Duration.ofSeconds(3);
  public static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
  public static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(60);

  public static final int PAGE_DEFAULT = 50;
  public static final int PAGE_LARGEST = 200;
  public static final int EXPORT_ROWS = 10_000;
  public static final int IDEMPOTENCY_KEY_CHARACTERS = 100;

  /** In code points; the longest a person types or pastes, far below what a body may hold. */
  public static final int PASSWORD_CHARACTERS_LEAST = 12;

  public static final int PASSWORD_CHARACTERS_MOST = 256;

  /** Passwords that may wait to be looked at; each takes some 30 ms of a processor. */
  public static final int PASSWORD_QUEUE = 256;

  public static final Duration PASSWORD_WAIT = Duration.ofSeconds(10);

  /** A refused log-in is not answered sooner, so that the time says nothing about the reason. */
  public static final Duration REFUSAL_FLOOR = Duration.ofMillis(250);

  /** One question to the agency's directory, from connecting to its answer. */
  public static final Duration DIRECTORY_TIME = Duration.ofSeconds(5);

  /** Questions to the directory at a time; what one answer of it may hold. */
  public static final int DIRECTORY_AT_ONCE = 8;

  public static final int DIRECTORY_MESSAGE_BYTES = 64 * 1024;

  /** After so many unanswered questions the directory is left alone for so long. */
  public static final int DIRECTORY_FAILURES = 3;

  public static final Duration DIRECTORY_REST = Duration.ofSeconds(10);

  /** From leaving for the sign-on service to coming back from it. */
  public static final Duration SIGN_ON_LIFE = Duration.ofMinutes(10);

  /** So long after signing on, who has no other factor yet may set up the first one. */
  public static final Duration SIGN_ON_FRESH = Duration.ofMinutes(5);

  /** What an administrator enters as an account's name at its directory. */
  public static final int DIRECTORY_SUBJECT_CHARACTERS = 255;

  /** Sessions of one account; the oldest one ends when another begins. */
  public static final int SESSIONS_OF_ACCOUNT = 5;

  /** A passkey's answer must be there by then. */
  public static final Duration PASSKEY_CHALLENGE_LIFE = Duration.ofMinutes(5);

  /** Passkeys of one account. */
  public static final int PASSKEYS_OF_ACCOUNT = 10;

  /** What was confirmed on the screen must be sent by then. */
  public static final Duration CONFIRMATION_LIFE = Duration.ofSeconds(60);

  /** What waits for a second person lapses by then. */
  public static final Duration REQUEST_LIFE = Duration.ofDays(7);

  public static final int REASON_CHARACTERS = 500;

  /**
   * A command that was taken up to be sent is left alone by others for so long; then its sender is
   * taken for dead. Longer than any core system may take to answer.
   */
  public static final Duration COMMAND_LEASE = Duration.ofSeconds(90);

  /** Commands on their way to one core system at a time, from one node. */
  public static final int COMMANDS_AT_ONCE = 16;

  /** How soon after it was taken in a command's outcome is asked for. */
  public static final Duration COMMAND_FIRST_ASK = Duration.ofMillis(300);

  /** The rest after a try that came to nothing; doubled after each, up to the longest. */
  public static final Duration COMMAND_FIRST_REST = Duration.ofMillis(250);

  public static final Duration COMMAND_LONGEST_REST = Duration.ofSeconds(30);

  /** After so many a person decides. */
  public static final int COMMAND_TRIES = 200;

  /** Of an audit entry: each text, cut where it is longer, and the JSON of its details. */
  public static final int AUDIT_TEXT_CHARACTERS = 200;

  public static final int AUDIT_DETAILS_BYTES = 16 * 1024;

  /** Audit entries that may wait to be committed, and that go into one commit. */
  public static final int AUDIT_QUEUE = 4096;

  public static final int AUDIT_BATCH = 512;

  /** Audit entries that are put in order in one transaction. */
  public static final int AUDIT_ROUND = 4096;

  private Limits() {}
}
