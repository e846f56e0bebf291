package tongguan.exchange.edifact;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tongguan.base.Limits;
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
  private final Set<ClearanceStatus> statuses = new LinkedHashSet<>();
  private final Set<DeclarationNumber> declarations = new LinkedHashSet<>();
  private final List<ResponseError> errors = new ArrayList<>();
  private final Map<String, Segment> moments = new LinkedHashMap<>();
  private @Nullable Segment reference;
  private final FreeText reason = new FreeText();
  private @Nullable BigDecimal amount;
  private @Nullable String currency;

  /** What ERC says is wrong, and the FTX behind it. */
  private record ResponseError(String code, FreeText text) {
    Fact.Step.Detail detail() {
      return new Fact.Step.Detail(code, text.whole(), null);
    }
  }

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
        number.ifPresent(declarations::add);
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
      errors.add(new ResponseError(code, new FreeText()));
    }
  }

  private void text(Segment ftx, boolean inErrors) {
    String text = Texts.orNull(ftx.joined(4));
    if (inErrors && !errors.isEmpty()) {
      errors.getLast().text.add(text);
    } else if (ftx.isQualified("AAO", "ACB", "AAI", "AAP", "GEN")) {
      reason.add(text);
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
              declarations::add, () -> telling.faults().missing(telling.bgm(), "RFF ABT"));
    }
    long steps = (long) statuses.size() * declarations.size();
    if (steps > Limits.EDIFACT_STEPS) {
      Segment bgm = telling.bgm();
      String most = "≤ " + Limits.EDIFACT_STEPS;
      telling
          .faults()
          .add(Fault.TOO_MANY_STEPS, bgm.position(), bgm.tag(), 0, 0, Long.toString(steps), most);
      return;
    }
    List<Fact.Step.Detail> details = errors.stream().map(ResponseError::detail).toList();
    Instant at = moment();
    for (DeclarationNumber declaration : declarations) {
      for (ClearanceStatus status : statuses) {
        telling.tell(step(declaration, status, at, details));
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

  private Fact.Step step(
      DeclarationNumber declaration,
      ClearanceStatus status,
      Instant at,
      List<Fact.Step.Detail> details) {
    StepKind step = status.step();
    boolean settles = step == StepKind.DUTY_PAID || step == StepKind.GUARANTEED;
    return new Fact.Step(
        telling.told(at),
        declaration,
        step,
        reference == null ? null : Texts.code(reference.value(1, 2), 35),
        status.channel(),
        reason.whole(),
        settles ? amount : null,
        settles ? currency : null,
        null,
        step == StepKind.REJECTED || step == StepKind.CORRECTION_ASKED ? details : List.of());
  }
}
