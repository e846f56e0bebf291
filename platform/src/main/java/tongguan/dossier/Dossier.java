package tongguan.dossier;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import tongguan.access.Sight;
import tongguan.base.database.Database;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.Readings;
import tongguan.record.key.RecordKind;

/** Finds everything that customs knows around one number, however it was typed. */
public final class Dossier {
  private static final ZoneId TAIWAN = ZoneId.of("Asia/Taipei");

  private final DossierStore store;
  private final Clock clock;

  public Dossier(Database database, Clock clock) {
    this.store = new DossierStore(database);
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
   * One statement where the number is known.
   *
   * @param sight what the reader may see; what is beyond it is as if it were not on record
   */
  public Answer find(String typed, Sight sight) {
    LocalDate today = clock.instant().atZone(TAIWAN).toLocalDate();
    Optional<Readings> readings = Readings.of(typed, today);
    if (readings.isEmpty()) {
      return new Answer.Unreadable();
    }
    return store
        .find(new DossierStore.LookUp(readings.get(), sight))
        .<Answer>map(Answer.Found::new)
        .or(() ->
            store.housesOf(readings.get().keys(RecordKind.BILL), sight).map(Answer.Found::new))
        .orElseGet(() -> unknown(readings.get(), sight));
  }

  private Answer unknown(Readings readings, Sight sight) {
    Optional<ContainerNumber> container = readings.isoContainer();
    List<String> nearest =
        container
            .map(number -> store.knownContainers(number.neighbours(), sight))
            .orElse(List.of());
    boolean wrong =
        container.filter(number -> number.checkDigit().code().equals("wrong")).isPresent();
    return new Answer.Unknown(
        readings.typed(), readings.kinds().stream().map(RecordKind::code).toList(), nearest, wrong);
  }
}
