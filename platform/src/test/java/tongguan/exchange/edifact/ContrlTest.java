package tongguan.exchange.edifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tongguan.exchange.message.Reading;
import tongguan.exchange.message.Rejection;

/** CONTRL to the last character, against answers made by hand. */
class ContrlTest {
  private static final Instant NOW = Instant.parse("2026-11-20T06:30:00Z");
  private static final String STEP =
      "BGM+962+AA/BC/15/1234/5678+9'DTM+137:202611201400:203'GIS+1'RFF+ABT:AA/BC/15/1234/5678'";

  @Test
  void aRightInterchangeIsAcknowledgedAndTheAddressesAreMirrored() {
    String body =
        "UNB+UNOC:3+KEELT1:ZZZ+TWCUSTOMS:ZZZ:EAST+261120:1430+REF1++++1'"
            + message("1", STEP)
            + "UNZ+1+REF1'";

    assertThat(replies(body))
        .containsExactly(
            "UNB+UNOC:3+TWCUSTOMS:ZZZ:EAST+KEELT1:ZZZ+261120:1430+CTL1'"
                + "UNH+1+CONTRL:D:3:UN'"
                + "UCI+REF1+KEELT1:ZZZ+TWCUSTOMS:ZZZ:EAST+7'"
                + "UNT+3+1'"
                + "UNZ+1+CTL1'");
  }

  @Test
  void noAnswerIsMadeWhereNoneIsAsked() {
    assertThat(replies("UNB+UNOC:3+A+B+261120:1430+REF1'" + message("1", STEP) + "UNZ+1+REF1'"))
        .isEmpty();
  }

  @Test
  void aRejectedMessageIsNamedWithSegmentAndElementAndTheOthersStand() {
    String body =
        "UNB+UNOC:3+A+B+261120:1430+REF1++++1'"
            + message("1", STEP)
            + message("2", STEP.replace("GIS+1", "GIS+99"))
            + message("3", STEP.replace("203'", "999'"))
            + "UNZ+3+REF1'";

    assertThat(replies(body))
        .containsExactly(
            "UNB+UNOC:3+B+A+261120:1430+CTL1'"
                + "UNH+1+CONTRL:D:3:UN'"
                + "UCI+REF1+A+B+7'"
                + "UCM+2+CUSRES:D:95B:UN+4'"
                + "UCS+4'"
                + "UCD+14+2'"
                + "UCM+3+CUSRES:D:95B:UN+4'"
                + "UCS+3'"
                + "UCD+14+2:3'"
                + "UNT+9+1'"
                + "UNZ+1+CTL1'");
  }

  @Test
  void aMissingSegmentIsReportedBehindTheLastOneAndAWrongCountAtTheTrailer() {
    String body =
        "UNB+UNOC:3+A+B+261120:1430+REF1++++1'"
            + message("1", STEP.replace("GIS+1'", ""))
            + message("2", STEP).replace("UNT+6", "UNT+7")
            + "UNZ+2+REF1'";

    assertThat(replies(body))
        .containsExactly(
            "UNB+UNOC:3+B+A+261120:1430+CTL1'"
                + "UNH+1+CONTRL:D:3:UN'"
                + "UCI+REF1+A+B+7'"
                + "UCM+1+CUSRES:D:95B:UN+4'"
                + "UCS+2+13'"
                + "UCM+2+CUSRES:D:95B:UN+4+29+UNT+2'"
                + "UNT+6+1'"
                + "UNZ+1+CTL1'");
  }

  @Test
  void aWrongTrailerOfTheInterchangeIsReportedBesideWhatWasTaken() {
    String body = "UNB+UNOC:3+A+B+261120:1430+REF1++++1'" + message("1", STEP) + "UNZ+5+REF1'";

    assertThat(replies(body).getFirst()).contains("'UCI+REF1+A+B+7+29+UNZ'UNT+3+1'");
  }

  @Test
  void anUnsupportedCharacterSetRejectsTheWhole() {
    String body = "UNB+UNOX:3+A+B+261120:1430+REF1++++1'" + message("1", STEP) + "UNZ+1+REF1'";

    assertThat(replies(body))
        .containsExactly(
            "UNB+UNOA:3+B+A+261120:1430+CTL1'UNH+1+CONTRL:D:3:UN'"
                + "UCI+REF1+A+B+4+2+UNB+2:1'UNT+3+1'UNZ+1+CTL1'");
  }

  @Test
  void serviceCharactersInReferencesAreReleasedAndSyntax4IsAnsweredInSyntax4() {
    String body =
        "UNA|*.! ~UNB*UNOC|4*A!*+'s*B*20261120|1430*R?1****1~"
            + message("1", STEP).replace("+", "*").replace(":", "|").replace("'", "~")
            + "UNZ*1*R?1~";

    assertThat(replies(body))
        .containsExactly(
            "UNB+UNOC:4+B+A*?+?'s+20261120:1430+CTL1'UNH+1+CONTRL:4:1:UN'"
                + "UCI+R??1+A*?+?'s+B+7'UNT+3+1'UNZ+1+CTL1'");
  }

  @Test
  void messagesOfAGroupAreReportedUnderTheirGroup() {
    String body =
        "UNB+UNOC:3+A+B+261120:1430+REF1++++1'"
            + "UNG+CUSRES+GA:ZZ+GB+261120:1430+G7+UN+D:95B'"
            + message("1", STEP)
            + message("2", STEP.replace("GIS+1", "GIS+99"))
            + "UNE+2+G7'UNZ+1+REF1'";

    assertThat(replies(body).getFirst())
        .contains(
            "UCI+REF1+A+B+7'UCF+G7+GA:ZZ+GB+7'UCM+2+CUSRES:D:95B:UN+4'UCS+4'UCD+14+2'UNT+7+1'");
  }

  @Test
  void twoInterchangesGetTwoAnswers() {
    String one = "UNB+UNOC:3+A+B+261120:1430+REF1++++1'" + message("1", STEP) + "UNZ+1+REF1'";

    assertThat(replies(one + "\r\n" + one)).hasSize(2);
  }

  private static String message(String reference, String segments) {
    long count = segments.chars().filter(c -> c == '\'').count() + 2;
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

  private static List<String> replies(String body) {
    List<Part> parts = Interchanges.split(body.getBytes(StandardCharsets.ISO_8859_1));
    List<Optional<Rejection>> rejections =
        parts.stream()
            .map(Seeds::read)
            .map(reading ->
                reading instanceof Reading.Refused refused
                    ? Optional.of(refused.reason())
                    : Optional.<Rejection>empty())
            .toList();
    int[] count = {0};
    return Contrl.replies(parts, rejections, NOW, () -> "CTL" + ++count[0]);
  }
}
