package tongguan.record.key;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that a typed, pasted or scanned text could be the number of, with the canonical form for each
 * kind. Which of them exist is for the record to say; a reading is only a form that fits. Most
 * texts have several readings: eleven digits may be an air waybill, a bill or a seal.
 */
public final class Readings {
  private static final Pattern REGISTRATION =
      Pattern.compile("([0-9]{2}[A-Z0-9]{4})(?:[ /-]+[A-Z0-9]{1,17})?");
  private static final Pattern SEA_CALL =
      Pattern.compile("(?:IMO ?)?([0-9]{7})[ /-]+([A-Z0-9]{1,17})");
  private static final Pattern NUMBER = Pattern.compile("[A-Z0-9]{1,20}");
  private static final Pattern DASHED = Pattern.compile("(?=.*[A-Z0-9])[A-Z0-9-]{1,20}");
  private static final int LONGEST_SEAL = 15;

  private final String typed;
  private final Map<RecordKind, Set<String>> keys = new EnumMap<>(RecordKind.class);
  private final Set<String> registrations = new LinkedHashSet<>();

  private Readings(String typed) {
    this.typed = typed;
  }

  /**
   * Reads a text. Empty when it has nothing of a number, or is longer than any. {@code today} dates
   * flights.
   */
  public static Optional<Readings> of(String text, LocalDate today) {
    String plain = Typed.plain(text);
    if (plain.length() > Typed.LONGEST || !Typed.isNumberLike(text)) {
      return Optional.empty();
    }
    Readings readings = new Readings(plain);
    readings.readAll(today);
    return readings.keys.isEmpty() ? Optional.empty() : Optional.of(readings);
  }

  /** A key in its canonical form, of which the kind is known. */
  public static Readings only(RecordKind kind, String key) {
    Readings readings = new Readings(key);
    readings.add(kind, key);
    return readings;
  }

  private void readAll(LocalDate today) {
    ContainerNumber.parseIso(typed).ifPresent(number -> add(RecordKind.CONTAINER, number.value()));
    DeclarationNumber.parse(typed).ifPresent(number -> add(RecordKind.DECLARATION, number.value()));
    readVoyage(today);
    BillKey.parse(typed).ifPresent(bill -> add(RecordKind.BILL, bill.value()));
    String compact = Typed.compact(typed);
    // A whole container number is also taken for a bill, which carriers number alike, and for
    // nothing else: its form
    // is told apart from permits and seals by four letters and seven digits.
    boolean container = compact.length() == 11 && isoContainer().isPresent();
    if (!container && typed.indexOf('/') < 0 && NUMBER.matcher(compact).matches()) {
      readPlainNumber(compact);
    }
  }

  private void readVoyage(LocalDate today) {
    Matcher call = SEA_CALL.matcher(typed);
    if (call.matches()) {
      VoyageKey.sea(call.group(1), call.group(2))
          .ifPresent(key -> add(RecordKind.VOYAGE, key.value()));
    }
    FlightTyped.parse(typed, today).ifPresent(key -> add(RecordKind.VOYAGE, key.value()));
    Matcher registration = REGISTRATION.matcher(typed);
    if (registration.matches()) {
      keys.computeIfAbsent(RecordKind.VOYAGE, kind -> new LinkedHashSet<>());
      registrations.add(registration.group(1));
    }
  }

  private void readPlainNumber(String compact) {
    ContainerNumber.parse(compact).ifPresent(number -> add(RecordKind.CONTAINER, number.value()));
    CompanyNumber.parse(compact).ifPresent(number -> add(RecordKind.COMPANY, number.value()));
    readNumberOfPaper(compact);
    String dashed = typed.replace(" ", "");
    if (DASHED.matcher(dashed).matches()) {
      readNumberOfPaper(dashed);
    }
  }

  /** Permits, examinations, checks and seals keep the dashes that their issuers gave them. */
  private void readNumberOfPaper(String number) {
    add(RecordKind.PERMIT, number);
    add(RecordKind.EXAMINATION, number);
    add(RecordKind.BONDED_CHECK, number);
    if (number.length() <= LONGEST_SEAL) {
      add(RecordKind.SEAL, number);
    }
  }

  private void add(RecordKind kind, String key) {
    keys.computeIfAbsent(kind, k -> new LinkedHashSet<>()).add(key);
  }

  /** The text in upper case and half width, for messages to the reader. */
  public String typed() {
    return typed;
  }

  /** The canonical forms that the text has as a number of this kind. */
  public List<String> keys(RecordKind kind) {
    return List.copyOf(keys.getOrDefault(kind, Set.of()));
  }

  /** The vessel registrations that the text could be; a voyage is found by them as well. */
  public List<String> registrations() {
    return List.copyOf(registrations);
  }

  /** The kinds that the text fits, the most telling form first. */
  public Set<RecordKind> kinds() {
    return keys.keySet();
  }

  /** The text as a container number of ISO 6346 form, if it is one. */
  public Optional<ContainerNumber> isoContainer() {
    return ContainerNumber.parseIso(typed);
  }
}
