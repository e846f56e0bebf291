package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;
import tongguan.record.Fact;

/**
 * Hand-made breakages: for each the outcome of every part, in order. "ok" is a message that was
 * read; all else is a fault with the place where it was found.
 */
class BrokenInterchangesTest {
  private static final String HEAD = "UNB+UNOC:3+A+B+261120:1430+R1'";
  private static final String STEP =
      "BGM+962+AA/BC/15/1234/5678+9'DTM+137:202611201400:203'GIS+1'RFF+ABT:AA/BC/15/1234/5678'";
  private static final String GOOD = message("1", STEP);
  private static final String GOOD2 = message("2", STEP);

  private record Case(String name, byte[] body, List<String> outcomes) {}

  @TestFactory
  Stream<DynamicTest> everyBreakageIsToldWithItsPlaceAndTheRestIsRead() {
    return CASES.stream()
        .map(one ->
            DynamicTest.dynamicTest(
                one.name,
                () -> {
                  assertThat(outcomes(one.body)).isEqualTo(one.outcomes);
                  Coverage.assertWhole(one.body);
                }));
  }

  @Test
  void thereAreSixtyHandCases() {
    assertThat(CASES.size()).isGreaterThanOrEqualTo(60);
  }

  @Test
  void aFaultNamesSegmentElementOffsetValueAndWhatWasExpected() {
    Rejection reason = only(HEAD + message("1", STEP.replace("GIS+1", "GIS+99")) + "UNZ+1+R1'");

    assertThat(reason.code()).isEqualTo("code-unknown");
    assertThat(reason.where()).isEqualTo("segment 4 GIS, element 1 component 1");
    assertThat(reason.position()).isEqualTo(4);
    assertThat(reason.offset())
        .isEqualTo((long) message("1", STEP.replace("GIS+1", "GIS+99")).indexOf("99'"));
    assertThat(reason.value()).isEqualTo("99");
    assertThat(reason.expected()).startsWith("1, 15, 16, 2");
  }

  @Test
  void everyRotationOfServiceCharactersReadsTheSame() {
    List<Fact> plain = Seeds.facts(bytes(HEAD + GOOD + "UNZ+1+R1'"));
    for (String una :
        List.of(":+.? '", ":+,? '", "|*.! ~", "\u001f\u001d.\u0000 \u001c", ":+.  '")) {
      String body = "UNA" + una + translated(HEAD + GOOD + "UNZ+1+R1'", una);

      assertThat(Seeds.facts(bytes(body))).as(una).isEqualTo(plain);
    }
  }

  private static String translated(String text, String una) {
    return text.replace(':', '\u0001')
        .replace('+', '\u0002')
        .replace('\'', '\u0003')
        .replace('\u0001', una.charAt(0))
        .replace('\u0002', una.charAt(1))
        .replace('\u0003', una.charAt(5));
  }

  private static final List<Case> CASES =
      List.of(
          // envelopes
          of("a right interchange", HEAD + GOOD + "UNZ+1+R1'", "ok"),
          of("two messages", HEAD + GOOD + GOOD2 + "UNZ+2+R1'", "ok", "ok"),
          of("two interchanges", (HEAD + GOOD + "UNZ+1+R1'").repeat(2), "ok", "ok"),
          of("UNA before UNB", "UNA:+.? '" + HEAD + GOOD + "UNZ+1+R1'", "ok"),
          of("UNA and a line end", "UNA:+.? '\r\n" + HEAD + GOOD + "UNZ+1+R1'", "ok"),
          of("UNA with decimal comma", "UNA:+,? '" + HEAD + GOOD + "UNZ+1+R1'", "ok"),
          of(
              "UNA of equal characters",
              "UNA++.? '" + HEAD + GOOD + "UNZ+1+R1'",
              "una-invalid transmission",
              "ok"),
          of(
              "UNA of letters",
              "UNAABCDEF" + HEAD + GOOD + "UNZ+1+R1'",
              "una-invalid transmission",
              "ok"),
          of("UNA alone", "UNA:+.? '", "outside-interchange transmission"),
          of(
              "level B separators without UNA",
              translated(
                  HEAD.replace("UNOC", "UNOB") + GOOD + "UNZ+1+R1'", "\u001f\u001d.\u0000 \u001c"),
              "ok"),
          of("byte order mark", "\u00ef\u00bb\u00bf" + HEAD + GOOD + "UNZ+1+R1'", "ok"),
          of("a line end behind every segment", lines(HEAD + GOOD + "UNZ+1+R1'", "\r\n"), "ok"),
          of("bare carriage returns", lines(HEAD + GOOD + "UNZ+1+R1'", "\r"), "ok"),
          of("blanks between segments", lines(HEAD + GOOD + "UNZ+1+R1'", "   "), "ok"),
          of("lines of ten characters", wrapped(HEAD + GOOD + "UNZ+1+R1'", 10), "ok"),
          of(
              "lines of one character",
              wrapped(GOOD, 1).isEmpty() ? "" : HEAD + wrapped(GOOD, 1) + "UNZ+1+R1'",
              "ok"),
          of(
              "two interchanges in lines of seven characters",
              wrapped("UNA:+.? '" + (HEAD + GOOD + GOOD2 + "UNZ+2+R1'").repeat(2), 7),
              "ok",
              "ok",
              "ok",
              "ok"),
          of(
              "cut off in lines of seven characters",
              wrapped(HEAD + "UNH+1+CUSRES:D:95B:UN'BGM+962+AA" + GOOD2 + "UNZ+2+R1'", 7),
              "segment-unterminated segment 2 BGM",
              "ok"),
          of(
              "text before UNB",
              "Subject: EDI\r\n\r\n" + HEAD + GOOD + "UNZ+1+R1'",
              "outside-interchange transmission",
              "ok"),
          of(
              "text behind UNZ",
              HEAD + GOOD + "UNZ+1+R1'\r\n--end--",
              "ok",
              "outside-interchange transmission"),
          of(
              "END behind UNZ",
              HEAD + GOOD + "UNZ+1+R1'END'",
              "ok",
              "outside-interchange transmission"),
          of(
              "control Z behind UNZ",
              HEAD + GOOD + "UNZ+1+R1'\u001a",
              "ok",
              "outside-interchange transmission"),
          of("no interchange at all", GOOD, "outside-interchange transmission"),
          of("nothing but blanks", "  \r\n "),
          of("nothing", ""),
          of("an empty interchange", HEAD + "UNZ+0+R1'", "interchange-empty interchange R1"),
          of("UNB cut off", "UNB+UNOC:3+A+B", "segment-unterminated transmission"),
          of("UNB only", HEAD, "unz-missing interchange R1"),
          of("UNZ missing", HEAD + GOOD, "ok", "unz-missing interchange R1"),
          of(
              "UNZ missing before another",
              HEAD + GOOD + HEAD + GOOD + "UNZ+1+R1'",
              "ok",
              "unz-missing interchange R1",
              "ok"),
          of(
              "UNZ doubled",
              HEAD + GOOD + "UNZ+1+R1'UNZ+1+R1'",
              "ok",
              "outside-interchange transmission"),
          of(
              "UNZ cut off",
              HEAD + GOOD + "UNZ+1+R1",
              "ok",
              "segment-outside-message interchange R1",
              "unz-missing interchange R1"),
          of(
              "UNZ counts wrongly",
              HEAD + GOOD + "UNZ+2+R1'",
              "ok",
              "interchange-count interchange R1"),
          of(
              "UNZ counts in words",
              HEAD + GOOD + "UNZ+one+R1'",
              "ok",
              "interchange-count interchange R1"),
          of(
              "UNZ counts beyond numbers",
              HEAD + GOOD + "UNZ+99999999999999999999+R1'",
              "ok",
              "interchange-count interchange R1"),
          of(
              "UNZ of another reference",
              HEAD + GOOD + "UNZ+1+R2'",
              "ok",
              "interchange-reference interchange R1"),
          // groups
          of(
              "a group",
              HEAD + "UNG+CUSRES+A+B+261120:1430+G1+UN+D:95B'" + GOOD + "UNE+1+G1'UNZ+1+R1'",
              "ok"),
          of(
              "a group that counts wrongly",
              HEAD + "UNG+CUSRES+A+B+261120:1430+G1+UN+D:95B'" + GOOD + "UNE+3+G1'UNZ+1+R1'",
              "ok",
              "group-count interchange R1"),
          of(
              "a group of another reference",
              HEAD + "UNG+CUSRES+A+B+261120:1430+G1+UN+D:95B'" + GOOD + "UNE+1+G2'UNZ+1+R1'",
              "ok",
              "group-reference interchange R1"),
          of(
              "a group in a group",
              HEAD
                  + "UNG+CUSRES+A+B+261120:1430+G1+UN+D:95B'UNG+X+A+B++G2'"
                  + GOOD
                  + "UNE+1+G1'UNZ+1+R1'",
              "group-nested interchange R1",
              "ok"),
          of(
              "a group without end",
              HEAD + "UNG+CUSRES+A+B+261120:1430+G1+UN+D:95B'" + GOOD + "UNZ+1+R1'",
              "ok",
              "une-missing interchange R1"),
          of(
              "the end of no group",
              HEAD + GOOD + "UNE+1+G1'UNZ+1+R1'",
              "ok",
              "une-without-ung interchange R1"),
          // messages
          of(
              "UNT missing before another",
              HEAD + GOOD.replace("UNT+6+1'", "") + GOOD2 + "UNZ+2+R1'",
              "unt-missing segment 6",
              "ok"),
          of(
              "UNT missing before UNZ",
              HEAD + GOOD.replace("UNT+6+1'", "") + "UNZ+1+R1'",
              "unt-missing segment 6"),
          of(
              "UNT doubled",
              HEAD + GOOD + "UNT+6+1'" + GOOD2 + "UNZ+2+R1'",
              "ok",
              "segment-outside-message interchange R1",
              "ok"),
          of(
              "UNT counts wrongly",
              HEAD + GOOD.replace("UNT+6", "UNT+7") + GOOD2 + "UNZ+2+R1'",
              "segment-count segment 6 UNT, element 1 component 1",
              "ok"),
          of(
              "UNT of another reference",
              HEAD + GOOD.replace("UNT+6+1", "UNT+6+9") + "UNZ+1+R1'",
              "message-reference segment 6 UNT, element 2 component 1"),
          of(
              "UNH without type",
              HEAD + GOOD.replace("+CUSRES:D:95B:UN", "") + "UNZ+1+R1'",
              "element-missing segment 1 UNH, element 2 component 1"),
          of(
              "UNH without reference",
              HEAD + message("", STEP) + "UNZ+1+R1'",
              "element-missing segment 1 UNH, element 1 component 1"),
          of(
              "the transmission ends in a segment",
              HEAD + GOOD + "UNH+2+CUSRES:D:95B:UN'BGM+96",
              "ok",
              "segment-unterminated segment 2 BGM",
              "unz-missing interchange R1"),
          of(
              "the transmission ends between segments",
              HEAD + GOOD + "UNH+2+CUSRES:D:95B:UN'",
              "ok",
              "unt-missing segment 2",
              "unz-missing interchange R1"),
          of(
              "cut off, then the next message",
              HEAD + "UNH+1+CUSRES:D:95B:UN'BGM+962+AA" + GOOD2 + "UNZ+2+R1'",
              "segment-unterminated segment 2 BGM",
              "ok"),
          of(
              "cut off, then the next interchange",
              HEAD + "UNH+1+CUSRES:D:95B:UN'BGM+962+AAUNA:+.? '" + HEAD + GOOD + "UNZ+1+R1'",
              "segment-unterminated segment 2 BGM",
              "unz-missing interchange R1",
              "ok"),
          of(
              "a release character as the last byte",
              HEAD + "UNH+1+CUSRES:D:95B:UN'BGM+962+AA?",
              "segment-unterminated segment 2 BGM",
              "unz-missing interchange R1"),
          of(
              "a released terminator",
              HEAD + message("1", STEP + "FTX+AAO+++IT?'S'") + "UNZ+1+R1'",
              "ok"),
          of(
              "a released release character",
              HEAD + message("1", STEP + "FTX+AAO+++WHY??'") + "UNZ+1+R1'",
              "ok"),
          of(
              "a released line end",
              HEAD + message("1", STEP + "FTX+AAO+++A?\r\n+B'") + "UNZ+1+R1'",
              "ok"),
          of(
              "a segment before any message",
              HEAD + "FTX+AAI+++HELLO'" + GOOD + "UNZ+1+R1'",
              "segment-outside-message interchange R1",
              "ok"),
          of(
              "END within a message",
              HEAD + message("1", STEP + "END'") + GOOD2 + "UNZ+2+R1'",
              "segment-unknown segment 6 END",
              "ok"),
          of(
              "a tag in lower case",
              HEAD + message("1", STEP + "ftx+AAI'") + GOOD2 + "UNZ+2+R1'",
              "segment-tag segment 6 ftx",
              "ok"),
          of(
              "an empty segment",
              HEAD + message("1", STEP + "'") + GOOD2 + "UNZ+2+R1'",
              "segment-tag segment 6 ",
              "ok"),
          of(
              "a NUL between segments",
              HEAD + message("1", STEP + "\u0000FTX+AAI'") + "UNZ+1+R1'",
              "segment-tag segment 6 .FTX"),
          of(
              "a NUL in a text",
              HEAD + message("1", STEP + "FTX+AAI+++A\u0000B'") + "UNZ+1+R1'",
              "character-invalid segment 6 FTX, element 4 component 1"),
          of(
              "too many elements",
              HEAD + message("1", STEP + "FTX" + "+".repeat(101) + "A'") + "UNZ+1+R1'",
              "too-many-elements segment 6 FTX, element 101 component 1"),
          of(
              "too many components",
              HEAD + message("1", STEP + "FTX+A" + ":".repeat(101) + "A'") + "UNZ+1+R1'",
              "too-many-elements segment 6 FTX, element 1 component 101"),
          of(
              "a component beyond bounds",
              HEAD + message("1", STEP + "FTX+AAI+++" + "A".repeat(2049) + "'") + "UNZ+1+R1'",
              "component-too-long segment 6 FTX, element 4 component 1"),
          of(
              "a segment beyond bounds",
              HEAD
                  + message("1", STEP + "FTX" + ("+" + "A".repeat(1000)).repeat(17) + "'")
                  + GOOD2
                  + "UNZ+2+R1'",
              "segment-too-long segment 6 FTX",
              "ok"),
          // characters
          of(
              "UNOX",
              HEAD.replace("UNOC", "UNOX") + GOOD + "UNZ+1+R1'",
              "syntax-unsupported segment 1 UNB, element 1 component 1"),
          of(
              "UNOA with Latin letters",
              HEAD.replace("UNOC", "UNOA") + message("1", STEP + "FTX+AAO+++\u00e9'") + "UNZ+1+R1'",
              "charset-undecodable segment 1 UNH"),
          of(
              "UNOC with Latin letters",
              HEAD + message("1", STEP + "FTX+AAO+++Caf\u00e9 Z\u00fcri'") + "UNZ+1+R1'",
              "ok"),
          inChinese("UNOA with Big5", HEAD.replace("UNOC", "UNOA"), "x-windows-950", "ok"),
          inChinese("UNOC with UTF-8", HEAD, "UTF-8", "ok"),
          inChinese("UNOW with Big5", HEAD.replace("UNOC:3", "UNOW:4"), "x-windows-950", "ok"),
          inChinese("UNOY with UTF-8", HEAD.replace("UNOC:3", "UNOY:4"), "UTF-8", "ok"),
          of(
              "Big5 in one message, UTF-8 in the next",
              concat(
                  bytes(HEAD),
                  chinese("1", "x-windows-950"),
                  chinese("2", "UTF-8"),
                  bytes("UNZ+2+R1'")),
              "ok",
              "ok"));

  private static Case of(String name, String body, String... outcomes) {
    return of(name, bytes(body), outcomes);
  }

  private static Case of(String name, byte[] body, String... outcomes) {
    return new Case(name, body, List.of(outcomes));
  }

  /** A message with a Chinese text in a character set. */
  private static Case inChinese(String name, String head, String charset, String outcome) {
    return of(name, concat(bytes(head), chinese("1", charset), bytes("UNZ+1+R1'")), outcome);
  }

  private static byte[] chinese(String reference, String charset) {
    return message(reference, STEP + "FTX+AAO+++查驗許可功蓋'").getBytes(Charset.forName(charset));
  }

  private static String message(String reference, String segments) {
    long released = segments.split("\\?'", -1).length - 1L;
    long doubled = segments.split("\\?\\?'", -1).length - 1L;
    long count = segments.chars().filter(c -> c == '\'').count() - released + doubled + 2;
    return "UNH+"
        + reference
        + "+CUSRES:D:95B:UN'"
        + segments
        + "UNT+"
        + count
        + "+"
        + reference
        + "'";
  }

  private static String lines(String text, String end) {
    return text.replace("'", "'" + end);
  }

  private static String wrapped(String text, int width) {
    return text.replaceAll("(?s)(.{" + width + "})", "$1\r\n");
  }

  private static byte[] concat(byte[]... pieces) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      whole.writeBytes(piece);
    }
    return whole.toByteArray();
  }

  private static List<String> outcomes(byte[] body) {
    return Interchanges.split(body).stream()
        .map(Seeds::read)
        .map(reading ->
            switch (reading) {
              case Reading.Facts read -> read.facts().isEmpty() ? "nothing" : "ok";
              case Reading.Refused refused ->
                  refused.reason().code() + ' ' + refused.reason().where();
            })
        .toList();
  }

  private static Rejection only(String body) {
    Reading reading = Seeds.read(Interchanges.split(bytes(body)).getFirst());
    return ((Reading.Refused) reading).reason();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
