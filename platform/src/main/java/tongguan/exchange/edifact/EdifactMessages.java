package tongguan.exchange.edifact;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import tongguan.base.Limits;
import tongguan.exchange.message.Origin;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;

/**
 * Reads one EDIFACT message into facts. Stateless; what comes out depends on the arguments only.
 */
public final class EdifactMessages {
  /** The message types that are read. */
  public static final List<String> KINDS =
      List.of("CUSCAR", "CODECO", "COARRI", "CUSRES", "BAPLIE");

  /** D.93A and D.94A/B are close enough to D.95B; nothing is known of directories after D.21B. */
  private static final Pattern DIRECTORIES =
      Pattern.compile("9[3-9][AB]|0[0-9][AB]|1[0-9][AB]|20[AB]|21[AB]");

  private EdifactMessages() {}

  /**
   * Never throws for bad input.
   *
   * @param context the bytes of UNA and UNB, see {@link Part.Message#context}
   * @param raw the bytes from UNH to UNT
   */
  public static Reading read(byte[] context, byte[] raw, Origin origin) {
    return read(context, raw, origin, System::nanoTime);
  }

  /**
   * @param nanos a clock; once {@link Limits#EDIFACT_READING} has gone by on it the message is
   *     refused
   */
  static Reading read(byte[] context, byte[] raw, Origin origin, LongSupplier nanos) {
    Optional<Interchange> interchange = Interchange.of(context);
    if (interchange.isEmpty()) {
      return refused(Fault.UNB_INVALID, SegmentScan.shown(context, 0, context.length), "UNB");
    }
    Faults faults = new Faults(raw, interchange.get().service());
    ReadingTime time = new ReadingTime(nanos, faults);
    Reading.Facts facts = read(interchange.get(), raw, origin, faults, time);
    Rejection fault = faults.first();
    return fault == null ? facts : Reading.refused(fault);
  }

  private static Reading.Facts read(
      Interchange interchange, byte[] raw, Origin origin, Faults faults, ReadingTime time) {
    Reading.Facts nothing = new Reading.Facts(List.of());
    String identifier = interchange.syntaxIdentifier();
    if (!CharacterSets.isSupported(identifier)) {
      faults.add(Fault.SYNTAX_UNSUPPORTED, 1, "UNB", 1, 1, identifier, "UNOA ... UNOL, UNOW, UNOY");
      return nothing;
    }
    MessageHead head = MessageSyntax.check(raw, interchange.service(), faults, time);
    if (!faults.none()) {
      return nothing;
    }
    Optional<Charset> charset = CharacterSets.of(raw, identifier);
    if (charset.isEmpty()) {
      faults.add(Fault.CHARSET_UNDECODABLE, 1, "UNH", 0, 0, identifier, "UTF-8, Big5");
      return nothing;
    }
    Segments segments = new Segments(time);
    Tokeniser.tokenise(raw, interchange.service(), charset.get(), segments, faults);
    if (!faults.none() || !isKnown(head, faults)) {
      return nothing;
    }
    Telling telling = new Telling(segments, origin, interchange.prepared(), faults);
    switch (head.kind()) {
      case "CUSCAR" -> Cuscar.read(telling);
      case "CODECO" -> Codeco.read(telling);
      case "COARRI" -> Coarri.read(telling);
      case "CUSRES" -> Cusres.read(telling);
      default -> Baplie.read(telling);
    }
    return new Reading.Facts(telling.facts(), faults.warnings());
  }

  private static boolean isKnown(MessageHead head, Faults faults) {
    if (!KINDS.contains(head.kind())) {
      faults.add(Fault.KIND_UNKNOWN, 1, "UNH", 2, 1, head.kind(), String.join(", ", KINDS));
    } else if (!head.version().equals("D") || !DIRECTORIES.matcher(head.release()).matches()) {
      String directory = head.version() + '.' + head.release();
      faults.add(Fault.DIRECTORY_UNSUPPORTED, 1, "UNH", 2, 2, directory, "D.95B ... D.21B");
    }
    return faults.none();
  }

  private static Reading refused(Fault fault, String value, String expected) {
    return Reading.refused(Rejection.at("UNB", fault.code(), value, expected));
  }
}
