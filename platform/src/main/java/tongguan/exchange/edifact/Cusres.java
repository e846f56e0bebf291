package tongguan.exchange.edifact;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.record.Fact;
import tongguan.record.StepKind;
import tongguan.record.key.DeclarationNumber;

/**
 * CUSRES, customs response: what customs' systems decided on declarations. Every status (GIS, or
 * GEI from D.00A on) times every declaration (RFF ABT) is one step.
 */
final class Cusres {
  private static final Set<String> DOCUMENTS =
      Set.of("960", "961", "962", "963", "964", "132", "929", "930");

  private final Telling telling;
  private final List<ClearanceStatus> statuses = new ArrayList<>();
  private final Map<DeclarationNumber, Segment> declarations = new LinkedHashMap<>();
  private final List<Fact.Step.Detail> errors = new ArrayList<>();
  private final Map<String, Segment> moments = new LinkedHashMap<>();
  private @Nullable Segment reference;
  private @Nullable String reason;
  private @Nullable BigDecimal amount;
  private @Nullable String currency;

  private Cusres(Telling telling) {
    this.telling = telling;
  }

  static void read(Telling telling) {
    telling.expectDocument(DOCUMENTS, false);
    new Cusres(telling).read();
  }

  private void read() {
    boolean inErrors = false;
    boolean inTaxes = false;
    for (Segment segment : telling.segments()) {
      inErrors = (inErrors || segment.is("ERP")) && !segment.is("DOC") && !segment.is("TAX");
      inTaxes = inTaxes || segment.is("TAX");
      switch (segment.tag()) {
        case "GIS", "GEI" -> {
          if (!inTaxes) {
            status(segment);
          }
        }
        case "RFF" -> {
          if (!inErrors) {
            reference(segment);
          }
        }
        case "DTM" -> moments.putIfAbsent(segment.value(1, 1), segment);
        case "ERC" -> error(segment);
        case "FTX" -> text(segment, inErrors);
        case "MOA" -> money(segment);
        default -> {}
      }
    }
    tell();
  }

  private void status(Segment segment) {
    Optional<ClearanceStatus> status = ClearanceStatus.of(segment);
    if (status.isEmpty()) {
      int element = ClearanceStatus.element(segment);
      telling
          .faults()
          .wrong(Fault.CODE_UNKNOWN, segment, element, 1, ClearanceStatus.known(segment));
      return;
    }
    Optional<ClearanceStatus> effect =
        telling.function().isVoiding() ? status.get().voided() : status;
    if (effect.isEmpty()) {
      telling.faults().wrong(Fault.FUNCTION_UNSUPPORTED, telling.bgm(), 3, 1, "9");
    }
    effect.ifPresent(statuses::add);
  }

  private void reference(Segment rff) {
    switch (rff.value(1, 1)) {
      case "ABT", "AAE" -> {
        Optional<DeclarationNumber> number = DeclarationNumber.parse(rff.value(1, 2));
        if (number.isEmpty()) {
          telling.faults().wrong(Fault.KEY_INVALID, rff, 1, 2, "AA/BC/99/1234/5678");
        }
        number.ifPresent(declaration -> declarations.put(declaration, rff));
      }
      case "ACD" -> reference = rff;
      default -> {}
    }
  }

  private void error(Segment erc) {
    String code = Texts.code(erc.value(1, 1), 17);
    if (code == null) {
      telling.faults().wrong(Fault.ELEMENT_MISSING, erc, 1, 1, "9321");
    } else {
      errors.add(new Fact.Step.Detail(code, null, null));
    }
  }

  private void text(Segment ftx, boolean inErrors) {
    String text = Texts.orNull(ftx.joined(4));
    if (text == null) {
      return;
    }
    if (inErrors && !errors.isEmpty()) {
      Fact.Step.Detail last = errors.removeLast();
      String whole = last.text() == null ? text : last.text() + ' ' + text;
      errors.add(new Fact.Step.Detail(last.code(), whole, null));
    } else if (ftx.isQualified("AAO", "ACB", "AAI", "AAP", "GEN")) {
      reason = reason == null ? text : reason + "; " + text;
    }
  }

  private void money(Segment moa) {
    if (!moa.isQualified("9", "55", "128", "161")) {
      return;
    }
    Optional<BigDecimal> value = Numbers.decimal(moa.value(1, 2));
    if (value.isEmpty()) {
      telling.faults().wrong(Fault.NUMBER_INVALID, moa, 1, 2, "0 ... 99999999999");
    } else {
      amount = value.get();
      currency = Texts.code(moa.value(1, 3), 3);
    }
  }

  private void tell() {
    if (statuses.isEmpty()) {
      telling.faults().missing(telling.bgm(), "GIS, GEI");
    }
    if (declarations.isEmpty()) {
      DeclarationNumber.parse(telling.document())
          .ifPresentOrElse(
              number -> declarations.put(number, telling.bgm()),
              () -> telling.faults().missing(telling.bgm(), "RFF ABT"));
    }
    Instant at = moment();
    for (DeclarationNumber declaration : declarations.keySet()) {
      for (ClearanceStatus status : statuses) {
        telling.tell(step(declaration, status, at));
      }
    }
  }

  private Instant moment() {
    for (String qualifier : List.of("9", "58", "137")) {
      Segment dtm = moments.get(qualifier);
      if (dtm != null) {
        return telling.moment(dtm).orElse(telling.at());
      }
    }
    return telling.at();
  }

  private Fact.Step step(DeclarationNumber declaration, ClearanceStatus status, Instant at) {
    StepKind step = status.step();
    boolean settles = step == StepKind.DUTY_PAID || step == StepKind.GUARANTEED;
    return new Fact.Step(
        telling.told(at),
        declaration,
        step,
        reference == null ? null : Texts.code(reference.value(1, 2), 35),
        status.channel(),
        reason,
        settles ? amount : null,
        settles ? currency : null,
        null,
        step == StepKind.REJECTED || step == StepKind.CORRECTION_ASKED
            ? List.copyOf(errors)
            : List.of());
  }
}
