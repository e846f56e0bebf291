package tongguan.exchange.edifact;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import tongguan.exchange.message.Reading;

/**
 * Reads the worst transmissions that are let in, one after another, in a process of its own whose
 * heap is small: where memory is not bounded, it dies. Prints name, milliseconds of processor time,
 * parts and facts of each.
 */
final class WorstInputs {
  private static final String HEAD = "UNB+UNOC:3+A+B+261120:1430+R1'";
  private static final String CUSCAR =
      HEAD
          + "UNH+1+CUSCAR:D:95B:UN'BGM+85+DOC+9'DTM+137:202611180905:203'"
          + "TDT+20+0123E+1++COSU+++9074729:146:11:SHIP'";
  private static final String CUSRES =
      HEAD + "UNH+1+CUSRES:D:95B:UN'BGM+962+DOC+9'DTM+137:202611180905:203'";
  private static final String SMALL =
      "BGM+962+AA/BC/15/1234/5678+9'DTM+137:202611201400:203'GIS+1'RFF+ABT:AA/BC/15/1234/5678'";
  private static final int TEN_MILLION = 10_000_000;

  private WorstInputs() {}

  public static void main(String[] args) {
    warmUp();
    inputs().forEach(WorstInputs::measure);
  }

  /** A server that is asked has read messages before. */
  private static void warmUp() {
    for (int i = 0; i < 100; i++) {
      for (String seed : Seeds.NAMES) {
        Seeds.facts(seed);
      }
    }
  }

  private static void measure(String name, Supplier<byte[]> input) {
    byte[] body = input.get();
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    int parts = 0;
    long facts = 0;
    for (Part part : Interchanges.split(body)) {
      parts++;
      if (Seeds.read(part) instanceof Reading.Facts read) {
        facts += read.facts().size();
      }
    }
    long milliseconds = (threads.getCurrentThreadCpuTime() - before) / 1_000_000;
    System.out.printf("%s\t%d\t%d\t%d\t%d%n", name, milliseconds, parts, facts, body.length);
  }

  private static Map<String, Supplier<byte[]>> inputs() {
    Map<String, Supplier<byte[]>> inputs = new LinkedHashMap<>();
    inputs.put("a segment of 10 MB", () -> around("FTX+AAI+++", "A", TEN_MILLION, "'"));
    inputs.put("a million segments", () -> around("", "RFF+BM:A'", 1_000_000 * 9, ""));
    inputs.put("a million elements", () -> around("FTX", "+A", 2_000_000, "'"));
    inputs.put("a million release characters", () -> around("FTX+", "?", TEN_MILLION, ""));
    inputs.put("a million component separators", () -> around("FTX+", ":", TEN_MILLION, "'"));
    inputs.put("ten million letters U", () -> bytes(HEAD + "U".repeat(TEN_MILLION)));
    inputs.put("a million UNA", () -> bytes("UNA".repeat(TEN_MILLION / 3)));
    inputs.put("a million UNB", () -> bytes("UNB+UNOA:1'".repeat(TEN_MILLION / 11)));
    inputs.put("a million UNH", () -> bytes(HEAD + "UNH+1'".repeat(TEN_MILLION / 6)));
    inputs.put("a million UNH cut off", () -> bytes(HEAD + "UNH+1+CUSCAR:D".repeat(1_000_000)));
    inputs.put("a million UNT", () -> bytes(HEAD + "UNT+1+1'".repeat(1_000_000)));
    inputs.put("a million UNG", () -> bytes(HEAD + "UNG+X'".repeat(1_000_000)));
    inputs.put("a million UNZ", () -> bytes(HEAD + "UNZ+0+R1'".repeat(1_000_000)));
    inputs.put("ten million blanks", () -> bytes(HEAD + " ".repeat(TEN_MILLION)));
    inputs.put("ten million bytes of nothing", () -> new byte[TEN_MILLION]);
    inputs.put("50,000 messages", WorstInputs::smallMessages);
    inputs.put("80,000 bills", WorstInputs::bills);
    inputs.put(
        "one bill of 240,000 texts",
        () -> counted(CUSCAR + "CNI+1'RFF+BM:A1'", "FTX+AAA+++TEXT %d'"));
    inputs.put(
        "one box of 240,000 seals", () -> counted(CUSCAR + "EQD+CN+CSQU3054383'", "SEL+S%d'"));
    inputs.put("a response of 240,000 reasons", () -> counted(CUSRES, "FTX+AAO+++REASON %d'"));
    inputs.put("a response of 120,000 declarations", WorstInputs::declarations);
    inputs.put(
        "a bay plan of 100,000 cells",
        () ->
            counted(
                CUSCAR.replace("CUSCAR", "BAPLIE").replace("BGM+85", "BGM+"),
                "LOC+147+%07d::5'EQD+CN+ABCU%1$07d+22G1+++5'"));
    return inputs;
  }

  private static byte[] around(String before, String repeated, int length, String after) {
    int times = length / repeated.length();
    return bytes(CUSCAR + before + repeated.repeat(times) + after + "UNT+9+1'UNZ+1+R1'");
  }

  /** As many of a numbered piece as the limit on segments allows, closed properly. */
  private static byte[] counted(String head, String piece) {
    long each = piece.chars().filter(c -> c == '\'').count();
    long segments = head.chars().filter(c -> c == '\'').count() - 1;
    StringBuilder whole = new StringBuilder(head);
    for (int i = 0; segments + each < 245_000 && whole.length() < 11_500_000; i++) {
      whole.append(piece.formatted(i));
      segments += each;
    }
    return bytes(whole.append("UNT+").append(segments + 1).append("+1'UNZ+1+R1'").toString());
  }

  private static byte[] smallMessages() {
    StringBuilder whole = new StringBuilder(HEAD);
    for (int i = 0; i < 50_000; i++) {
      whole.append("UNH+").append(i).append("+CUSRES:D:95B:UN'").append(SMALL);
      whole.append("UNT+6+").append(i).append('\'');
    }
    return bytes(whole.append("UNZ+50000+R1'").toString());
  }

  private static byte[] bills() {
    return counted(CUSCAR, "CNI+1'RFF+BM:B%d'GID+1+1:CT'");
  }

  private static byte[] declarations() {
    return counted(CUSRES + "GIS+1'GIS+4'GIS+5'", "RFF+ABT:AA  15%08d'");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
