package tongguan.inspection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tongguan.access.operation.Input;
import tongguan.base.Limits;
import tongguan.record.key.BillKey;
import tongguan.record.key.CheckDigit;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.Readings;
import tongguan.record.key.RecordKind;
import tongguan.record.key.Typed;
import tools.jackson.databind.JsonNode;

/**
 * One number of a batch as it was scanned, pasted or typed.
 *
 * @param readings what it can be the number of; empty where it is none
 */
record Scanned(String text, Optional<Readings> readings) {
  /** What goods are marked with. */
  static final Set<RecordKind> KINDS =
      Set.of(RecordKind.CONTAINER, RecordKind.DECLARATION, RecordKind.BILL);

  /** The texts of a list of the input, in its order. */
  static List<String> texts(JsonNode list, String member) {
    if (!list.isArray() || list.isEmpty() || list.size() > Limits.BATCH_KEYS) {
      throw Input.refused(member, "list of 1 to " + Limits.BATCH_KEYS + " numbers");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      if (!one.isString() || one.stringValue().length() > Typed.LONGEST) {
        throw Input.refused(member, "numbers of at most " + Typed.LONGEST + " characters");
      }
      texts.add(one.stringValue());
    }
    return texts;
  }

  static List<Scanned> of(List<String> texts, LocalDate today) {
    return texts.stream().map(text -> new Scanned(text, Readings.of(text, today))).toList();
  }

  /** The number in the form in which it is shown: upper case, half width. */
  String shown() {
    return readings.map(Readings::typed).orElseGet(() -> Typed.plain(text));
  }

  /** The canonical forms that it has as a number of this kind. */
  List<String> keys(RecordKind kind) {
    return readings.map(found -> found.keys(kind)).orElse(List.of());
  }

  /** {@code wrong}, {@code unreadable}, or empty where there is nothing to say. */
  String check() {
    if (readings.isEmpty()) {
      return "unreadable";
    }
    boolean box =
        readings
            .get()
            .isoContainer()
            .map(ContainerNumber::checkDigit)
            .filter(CheckDigit.WRONG::equals)
            .isPresent();
    boolean waybill =
        keys(RecordKind.DECLARATION).isEmpty()
            && keys(RecordKind.BILL).stream()
                .flatMap(key -> BillKey.parse(key).stream())
                .anyMatch(bill -> bill.checkDigit() == CheckDigit.WRONG);
    return box || waybill ? "wrong" : "";
  }

  /** What tells one list from another: SHA-256 over its numbers in their order. */
  static String fingerprint(List<Scanned> list) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (Scanned one : list) {
        sha.update(one.shown().getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
