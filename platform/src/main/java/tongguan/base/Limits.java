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

  /** What a balancer may say before TLS begins (PROXY protocol, version 2), all of it. */
  public static final int PROXY_HEADER_BYTES = 536;

  /** What accepted requests get to finish when the platform stops. */
  public static final Duration DRAIN = Duration.ofSeconds(3);

  /** Look-ups that share one statement, and such statements at the same time. */
  public static final int LOOK_UPS_TOGETHER = 24;

  public static final int LOOK_UP_LANES = 2;

  /** Requests whose sessions are read by one statement, and such statements at the same time. */
  public static final int SESSIONS_TOGETHER = 32;

  public static final int SESSION_LANES = 2;

  /** Refusals of one address or device in this time that raise an alarm. */
  public static final int SOURCE_REFUSALS = 3;

  public static final Duration SOURCE_REFUSALS_WINDOW = Duration.ofMinutes(10);

  /** Refusals that are written down at the same time; each holds a connection of the database. */
  public static final int SOURCE_REFUSALS_AT_ONCE = 2;

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

  /** What a core system may take for one answer, from connecting to its end; settings say less. */
  public static final Duration CORE_TIME = Duration.ofSeconds(10);

  public static final Duration CORE_TIME_MOST = Duration.ofSeconds(30);

  /** Questions to one core system at a time; what one answer of it may hold. */
  public static final int CORE_AT_ONCE = 4;

  public static final int CORE_AT_ONCE_MOST = 32;

  public static final int CORE_ANSWER_BYTES = 4 * 1024 * 1024;

  /** After so many unanswered questions a core system is left alone for so long. */
  public static final int CORE_FAILURES = 3;

  public static final Duration CORE_REST = Duration.ofSeconds(20);

  public static final Duration CORE_REST_MOST = Duration.ofSeconds(30);

  /** A core system's own code and words, as far as they are passed on. */
  public static final int CORE_CODE_CHARACTERS = 40;

  public static final int CORE_TEXT_CHARACTERS = 500;

  /** Core systems in the settings. */
  public static final int CORE_SYSTEMS = 32;

  /** Events of a core system that are fetched and stored at a time. */
  public static final int CORE_EVENTS = 200;

  /** File names that are read of one folder of a core system. */
  public static final int CORE_FILES = 100_000;

  /** One node alone fetches events of a system for so long, and on, unless it dies. */
  public static final Duration CORE_EVENTS_LEASE = Duration.ofSeconds(40);

  /** Sign-ins of officers at core systems that one node holds; the oldest gives way. */
  public static final int CORE_SIGN_INS = 10_000;

  /** Answers of core systems that a sign-in keeps, for when the system is away. */
  public static final int CORE_ANSWERS_KEPT = 8;

  public static final int CORE_ANSWER_KEPT_CHARACTERS = 64 * 1024;

  /** XML from outside: its bytes, elements, depth, attributes of one element, one text. */
  public static final int XML_BYTES = 4 * 1024 * 1024;

  public static final int XML_ELEMENTS = 50_000;
  public static final int XML_DEPTH = 32;
  public static final int XML_ATTRIBUTES = 32;
  public static final int XML_TEXT_CHARACTERS = 1024 * 1024;

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

  /** One file of devices or SIMs: the request that carries it, its rows, and one cell of them. */
  public static final int STOCK_FILE_BYTES = 2 * 1024 * 1024;

  public static final int STOCK_FILE_ROWS = 5000;
  public static final int STOCK_FILE_COLUMNS = 20;
  public static final int STOCK_FILE_CELL_CHARACTERS = 500;

  /** Keys of the device authority, one after the other: one a year for a lifetime. */
  public static final int AUTHORITIES = 100;

  /** MAC addresses of one device. */
  public static final int MACS_OF_DEVICE = 16;

  /** A signature drawn on a screen. */
  public static final int SIGNATURE_STROKES = 200;

  public static final int SIGNATURE_POINTS = 2000;

  /** A device is lent to another unit for at most so long. */
  public static final Duration LOAN_LIFE = Duration.ofDays(180);

  /** Of each kind of history on a device's page; the newest. */
  public static final int DEVICE_HISTORY = 100;

  /** What a device asks for a certificate with, in PEM. */
  public static final int CERTIFICATE_REQUEST_CHARACTERS = 4096;

  /** Wrong tries with one right code of an enrolment. */
  public static final int ENROLMENT_TRIES = 5;

  /** Streams that devices hold on one node; the next one is told to come back. */
  public static final int STREAMS = 12_000;

  /** Devices whose streams are opened by one statement, and such statements at the same time. */
  public static final int STREAMS_TOGETHER = 64;

  public static final int STREAM_LANES = 2;

  /** A held stream says so often that it is there. */
  public static final Duration STREAM_HEARTBEAT = Duration.ofSeconds(15);

  /** What waits to be written to one stream; past it the stream is ended, and nothing is lost. */
  public static final int STREAM_QUEUE = 64;

  /** Scanned numbers that are looked up, flagged or handed over at once. */
  public static final int BATCH_KEYS = 500;

  /** Records that a batch may come to, since one number can stand for many. */
  public static final int BATCH_RECORDS = 2_000;

  /** The body of a batch that is handed over, with a note on each number. */
  public static final long HAND_OVER_BYTES = 256 * 1024;

  /** So often the streams of a node ask anew what they rest on. */
  public static final Duration STREAM_ROUND = Duration.ofMillis(500);

  /** An order to open for an officer is worth nothing later than this. */
  public static final Duration UNLOCK_LIFE = Duration.ofSeconds(120);

  /** A message to a device, or a question for its diagnostics, is dropped when it is older. */
  public static final Duration COMMAND_LIFE = Duration.ofHours(24);

  public static final int COMMAND_TEXT_CHARACTERS = 2000;

  /** What a device answers to a command, diagnostics included. */
  public static final int ANSWER_CHARACTERS = 4000;

  /** Of a steward's report: the interfaces that it guards, and each text. */
  public static final int HEARTBEAT_INTERFACES = 32;

  public static final int HEARTBEAT_TEXT_CHARACTERS = 200;

  /**
   * A command that was taken up to be sent is left alone by others for as long as its core system
   * may take to answer and so much more; then its sender is taken for dead.
   */
  public static final Duration COMMAND_LEASE_MORE = Duration.ofSeconds(5);

  /** Commands on their way to one core system at a time, from one node. */
  public static final int COMMANDS_AT_ONCE = 16;

  /** How soon after it was taken in a command's outcome is asked for. */
  public static final Duration COMMAND_FIRST_ASK = Duration.ofMillis(300);

  /** The rest after a try that came to nothing; doubled after each, up to the longest. */
  public static final Duration COMMAND_FIRST_REST = Duration.ofMillis(250);

  public static final Duration COMMAND_LONGEST_REST = Duration.ofSeconds(30);

  /** Pages on one node that are told of commands as they change. */
  public static final int COMMAND_PAGES = 4000;

  /** After so many a person decides. */
  public static final int COMMAND_TRIES = 200;

  /** What is due within this time is near its deadline. */
  public static final Duration WORK_NEAR = Duration.ofHours(4);

  /** The counts of a work list stop here. */
  public static final int WORK_COUNTED = 1000;

  /** After so many, one that may have arrived and that the declaration has moved past. */
  public static final int COMMAND_BARRED_TRIES = 20;

  /** Dossiers of one field package; the most wanted come first, and how many are left is told. */
  public static final int PACKAGE_DOSSIERS = 600;

  /** Dossiers that one officer takes along on one day (of Taiwan). */
  public static final int PACKAGE_DOSSIERS_OF_DAY = 6000;

  /** Field packages that are put together at the same time on one node. */
  public static final int PACKAGES_AT_ONCE = 4;

  /** What was done without a network and is confirmed at once: items, and the request with them. */
  public static final int BUNDLE_ITEMS = 100;

  public static final int BUNDLE_BYTES = 512 * 1024;

  /** What was confirmed is carried out by then, or has to be confirmed again. */
  public static final Duration BUNDLE_LIFE = Duration.ofMinutes(10);

  /** Of an audit entry: each text, cut where it is longer, and the JSON of its details. */
  public static final int AUDIT_TEXT_CHARACTERS = 200;

  public static final int AUDIT_DETAILS_BYTES = 16 * 1024;

  /** Audit entries that may wait to be committed, and that go into one commit. */
  public static final int AUDIT_QUEUE = 4096;

  public static final int AUDIT_BATCH = 512;

  /** What was announced so long ago is written without its count; longer than any read takes. */
  public static final Duration AUDIT_ANNOUNCED = Duration.ofMinutes(2);

  /** Audit entries that are put in order in one transaction. */
  public static final int AUDIT_ROUND = 4096;

  /** RADIUS (RFC 2865 §3): one packet, and what may be in it. */
  public static final int RADIUS_PACKET_BYTES = 4096;

  public static final int RADIUS_ATTRIBUTES = 200;
  public static final int RADIUS_PROXY_STATES = 8;

  /** RADIUS requests that may wait; further ones are dropped, and their gateway repeats them. */
  public static final int RADIUS_QUEUE = 4096;

  /** RADIUS requests that share one statement, and such statements at the same time. */
  public static final int RADIUS_TOGETHER = 128;

  public static final int RADIUS_LANES = 2;

  /** Threads that read and check what comes in at a port. */
  public static final int RADIUS_RECEIVERS = 2;

  /** A packet that says when it was made is not taken earlier or later than this. */
  public static final Duration RADIUS_WINDOW = Duration.ofSeconds(300);

  /** Answers that are remembered for requests which come again, and for how long at least. */
  public static final int RADIUS_ANSWERS = 32_768;

  public static final Duration RADIUS_ANSWER_LIFE = Duration.ofSeconds(5);

  /** Orders to gateways on their way at a time, and how long each waits for its answer. */
  public static final int DISCONNECTS_AT_ONCE = 64;

  public static final Duration DISCONNECT_WAIT = Duration.ofMillis(1500);

  /** After that an order that no gateway has answered is given up. */
  public static final Duration DISCONNECT_LIFE = Duration.ofDays(7);

  /** One photo, its pieces as they are sent, and its width times its height. */
  public static final int PHOTO_BYTES = 10 * 1024 * 1024;

  public static final int PHOTO_PIECE_BYTES = 512 * 1024;
  public static final int PHOTO_PIECE_LEAST_BYTES = 16 * 1024;
  public static final long PHOTO_PIXELS = 64_000_000;

  /** By then a picture must have said how large it is. */
  public static final int PHOTO_HEAD_BYTES = 1024 * 1024;

  /** Photos of one thing; uploads of one officer that are not finished, and their life. */
  public static final int PHOTOS_TOGETHER = 300;

  public static final int PHOTO_UPLOADS = 200;
  public static final Duration PHOTO_UPLOAD_LIFE = Duration.ofDays(30);

  /** Of one examination's form: its photos, and the rows of each of its lists. */
  public static final int PHOTOS_OF_EXAMINATION = 60;

  public static final int FINDINGS = 50;

  /** Examinations of one declaration that are listed. */
  public static final int EXAMINATIONS = 50;

  /** Similar examinations that are shown, and declarations that are looked through for them. */
  public static final int SIMILAR = 20;

  public static final int SIMILAR_LOOKED_AT = 500;

  /** Items of one bonded check, and the request that carries what was found of them. */
  public static final int BONDED_ITEMS = 500;

  public static final long BONDED_BODY_BYTES = 512 * 1024;

  private Limits() {}
}
