package tongguan.dossier;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tongguan.access.Sight;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.database.Database;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.Readings;
import tongguan.record.key.RecordKind;

/** Finds everything that customs knows around one number, however it was typed. */
public final class Dossier {
  private static final ZoneId TAIWAN = ZoneId.of("Asia/Taipei");

  private final Database database;
  private final Audit audit;
  private final DossierStore store;
  private final Clock clock;

  public Dossier(Database database, Audit audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.store = new DossierStore(database, audit);
    this.clock = clock;
  }

  /** What a look-up comes to. */
  public sealed interface Answer {
    /** For the audit: how many records the answer tells of; candidates count as one. */
    default int results() {
      return this instanceof Found ? 1 : 0;
    }

    /**
     * The dossier, or the candidates where the number is the number of several things: JSON as
     * UTF-8.
     */
    record Found(byte[] json) implements Answer {}

    /**
     * No record has this number; {@code nearest} are container numbers on record that one slip
     * makes of it.
     */
    record Unknown(String key, List<String> readings, List<String> nearest, boolean wrongCheckDigit)
        implements Answer {}

    /** The text cannot be a number of customs. */
    record Unreadable() implements Answer {}
  }

  /**
   * The statement behind a look-up of this text: for explaining it and for measuring it without us.
   * Each placeholder is an array with one element for each look-up: keys as the text of a text
   * array, the reader's districts, the reader's clearance.
   */
  public static Optional<String> statement(String typed, LocalDate today) {
    return Readings.of(typed, today).map(readings -> new DossierSql().statement(readings.kinds()));
  }

  /**
   * One statement where the number is known. When this returns, who asked is in the log.
   *
   * @param sight what the reader may see; what is beyond it is as if it were not on record
   * @param asked who asks for what
   */
  public Answer find(String typed, Sight sight, Entry asked) {
    return audit.attempted(
        asked,
        () -> {
          LocalDate today = clock.instant().atZone(TAIWAN).toLocalDate();
          Optional<Readings> readings = Readings.of(typed, today);
          if (readings.isPresent()) {
            return find(readings.get(), sight, asked);
          }
          audit.write(asked.found(0));
          return new Answer.Unreadable();
        });
  }

  private Answer find(Readings readings, Sight sight, Entry asked) {
    return store
        .find(new DossierStore.LookUp(readings, sight, asked))
        .<Answer>map(Answer.Found::new)
        .orElseGet(() ->
            database.inTransaction(transaction -> {
              Answer answer = elsewhere(transaction, readings, sight);
              audit.write(transaction, asked.found(answer.results()));
              return answer;
            }));
  }

  private static Answer elsewhere(Connection connection, Readings readings, Sight sight)
      throws SQLException {
    Optional<byte[]> houses =
        DossierStore.housesOf(connection, readings.keys(RecordKind.BILL), sight);
    return houses.isPresent()
        ? new Answer.Found(houses.get())
        : unknown(connection, readings, sight);
  }

  private static Answer unknown(Connection connection, Readings readings, Sight sight)
      throws SQLException {
    Optional<ContainerNumber> container = readings.isoContainer();
    List<String> nearest =
        container.isEmpty()
            ? List.of()
            : DossierStore.knownContainers(connection, container.get().neighbours(), sight);
    boolean wrong =
        container.filter(number -> number.checkDigit().code().equals("wrong")).isPresent();
    return new Answer.Unknown(
        readings.typed(), readings.kinds().stream().map(RecordKind::code).toList(), nearest, wrong);
  }
}
