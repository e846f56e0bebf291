package tongguan.exchange.json;

import java.util.List;
import java.util.Locale;
import tongguan.record.Fact;
import tongguan.record.Fact.BondedCheck.Premises;

/** Goods examined (查驗) and bonded stock counted (保稅查核). */
final class CheckMessages {
  private CheckMessages() {}

  static List<Fact> examination(JsonMessage message) {
    Fields payload = message.payload();
    return List.of(
        new Fact.Examination(
            message.told(),
            payload.text("examination"),
            payload.declaration("declaration"),
            payload.containers("containers"),
            Fact.Examination.Method.valueOf(payload.text("method")),
            Fact.Examination.Result.valueOf(constant(payload.text("result"))),
            message.cancels(),
            payload.textOrNull("office"),
            payload.countOrNull("packagesOpened"),
            payload.list("findings", CheckMessages::finding),
            payload.textOrNull("remark")));
  }

  private static Fact.Examination.Finding finding(Fields finding) {
    return new Fact.Examination.Finding(
        finding.text("code"), finding.text("text"), finding.countOrNull("line"));
  }

  static List<Fact> bondedCheck(JsonMessage message) {
    Fields payload = message.payload();
    Fields premises = payload.object("premises");
    return List.of(
        new Fact.BondedCheck(
            message.told(),
            payload.text("check"),
            new Premises(
                premises.text("number"),
                premises.text("name"),
                Premises.Kind.valueOf(constant(premises.text("kind")))),
            payload.text("companyNumber"),
            Fact.BondedCheck.Result.valueOf(constant(payload.text("result"))),
            message.cancels(),
            payload.declarations("declarations"),
            payload.containers("containers"),
            payload.list("items", CheckMessages::count),
            payload.textOrNull("remark")));
  }

  private static Fact.BondedCheck.Count count(Fields item) {
    return new Fact.BondedCheck.Count(
        item.text("description"),
        item.text("unit"),
        item.decimal("bookQuantity"),
        item.decimalOrNull("countedQuantity"));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
