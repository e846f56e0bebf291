package tongguan.simulator.port;

import java.time.LocalDateTime;
import tongguan.simulator.trade.Carriers;
import tongguan.simulator.trade.Dice;
import tongguan.simulator.wire.Interchange;
import tongguan.simulator.wire.Journal;
import tongguan.simulator.wire.Manner;
import tongguan.simulator.wire.Notice;
import tongguan.simulator.wire.Times;

/**
 * What arrives now and then and must end in quarantine, with everything around it unharmed: with
 * every third ship one, of each sort in turn.
 */
final class BrokenMessages {
  private static final int EVERY = 3;
  private static final int SORTS = 11;

  private final Journal journal;
  private final Dice dice;
  private final Call call;
  private final Serials serials;
  private final LocalDateTime at;

  BrokenMessages(Journal journal, Dice dice, Call call, Serials serials) {
    this.journal = journal;
    this.dice = dice;
    this.call = call;
    this.serials = serials;
    this.at = call.arrival().plusHours(5);
  }

  void send() {
    if (call.index() % EVERY != 1) {
      return;
    }
    switch (call.index() / EVERY % SORTS) {
      case 0 -> impossibleDate();
      case 1 -> unknownStep();
      case 2 -> lineCutOff();
      case 3 -> weightInWords();
      case 4 -> shipWithoutValidNumber();
      case 5 -> segmentsMiscounted();
      case 6 -> messageOfAnotherKind();
      case 7 -> declarationWithoutGoods();
      case 8 -> transmissionCutOff();
      case 9 -> unknownIndicator();
      default -> unknownField();
    }
  }

  private void impossibleDate() {
    Interchange out = interchange("X");
    gate(out, "7:202602300915:203").end();
    out.broken("日期不存在 (二月三十日)", "a date that does not exist (30 February)");
    soundGate(out);
    journal.send(out);
  }

  private void segmentsMiscounted() {
    Interchange out = interchange("X");
    gate(out, moment());
    out.end(out.segmentsOfMessage() + 7);
    out.broken("UNT 節數不符", "UNT counts segments that are not there");
    soundGate(out);
    journal.send(out);
  }

  private void transmissionCutOff() {
    Interchange out = interchange("X");
    soundGate(out);
    gate(out, moment()).end();
    out.cutOff();
    journal.send(out);
  }

  private void messageOfAnotherKind() {
    Interchange out = interchange("X");
    soundGate(out);
    out.begin("IFTMIN", "95B", "")
        .segment("BGM", "340", "X" + call.registration(), "9")
        .moment("137", at)
        .end();
    out.broken("不收的訊息種類", "a kind of message that is not taken");
    journal.send(out);
  }

  private void shipWithoutValidNumber() {
    Interchange out = interchange("X");
    int last = call.vessel().imo().charAt(6) - '0';
    String wrong = call.vessel().imo().substring(0, 6) + (last + 1) % 10;
    out.begin("CUSCAR", "95B", "")
        .segment("BGM", "85", "MX" + call.registration(), "9")
        .moment("137", at)
        .segment("TDT", "20", "9999W", "1", "", "", "", "", wrong + ":146:11:UNKNOWN SHIP")
        .segment("LOC", "60", call.port().locode() + ":139:6")
        .segment("CNI", "1")
        .segment("RFF", "BM:" + call.line() + "9" + dice.digits(9))
        .segment("GID", "1", "10:CT")
        .end();
    out.broken("IMO 編號檢查碼錯誤的艙單", "a manifest whose IMO number has a wrong check digit");
    journal.send(out);
  }

  private void unknownIndicator() {
    Interchange out = new Interchange(Manner.PLAIN, call.port().core(), reference("R"), at, false);
    out.begin("CUSRES", "95B", "")
        .segment("BGM", "962", declaration(), "9")
        .moment("9", at)
        .segment("GIS", "99")
        .segment("RFF", "ABT:" + declaration())
        .end();
    out.broken("未知的處理代碼", "a processing indicator that nobody knows");
    journal.send(out);
  }

  private void unknownStep() {
    tell(
        "declaration-reply",
        Notice.object().put("declaration", declaration()).put("step", "teleported"),
        "未知的通關步驟",
        "a step that nobody knows");
  }

  private void weightInWords() {
    tell(
        "container-movement",
        Notice.object()
            .put("container", newContainer())
            .put("movement", "gate-in")
            .put("place", call.terminalCode())
            .put("grossKg", "heavy"),
        "重量不是數字",
        "a weight that is not a number");
  }

  private void declarationWithoutGoods() {
    tell(
        "NX5105",
        Notice.object()
            .put("declaration", declaration())
            .put("declarationKind", "G1")
            .put("trader", Notice.object().put("name", "無貨貿易有限公司")),
        "沒有項次的報單",
        "a declaration without items");
  }

  private void unknownField() {
    tell(
        "N5116",
        Notice.object().put("declaration", declaration()).put("colour", "green"),
        "未知的欄位",
        "a field that nobody knows");
  }

  private void lineCutOff() {
    String line = "{\"kind\":\"N5116\",\"reference\":\"" + reference("CUT") + "\",\"sender\":";
    journal.tellBroken(at, "", "", line, "中斷的 JSON", "JSON that breaks off");
  }

  private void tell(String kind, Notice payload, String zh, String en) {
    String line =
        Notice.object()
            .put("kind", kind)
            .put("reference", reference("X"))
            .put("sender", call.port().core())
            .put("eventTime", at)
            .put("payload", payload)
            .line();
    journal.tellBroken(at, kind, reference("X"), line, zh, en);
  }

  private Interchange interchange(String prefix) {
    return new Interchange(
        call.terminalWrites(), call.terminalSystem(), reference(prefix), at, true);
  }

  private String reference(String prefix) {
    return prefix + call.registration();
  }

  private String declaration() {
    return call.port().offices().getFirst() + "  " + call.registration() + "ZZZZ";
  }

  private String newContainer() {
    return Carriers.container(serials.nextContainer());
  }

  private String moment() {
    return "7:" + Times.minutes(at) + ":203";
  }

  private void soundGate(Interchange out) {
    gate(out, moment()).end();
  }

  /** An empty box that nothing else tells of comes in, at the moment stated. */
  private Interchange gate(Interchange out, String moment) {
    return out.begin("CODECO", "95B", "ITG14")
        .segment("BGM", "34", "X" + call.registration() + 'D' + serials.next(), "9")
        .moment("137", at)
        .segment("LOC", "165", call.port().locode() + ":139:6", call.terminal() + ":TER:ZZZ")
        .segment("EQD", "CN", newContainer(), "22G1:102:5", "", "2", "4")
        .segment("DTM", moment)
        .segment("CNT", "16:1");
  }
}
