package tongguan.bonded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import tongguan.base.Json;
import tongguan.base.Problem.Texts;

/**
 * The report of a bonded check as PDF, in both languages. The same check gives the same bytes, so
 * that its hash says whether a copy is the report.
 */
final class Report {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Taipei"));

  private static final Map<String, Texts> KINDS =
      Map.of(
          "factory", new Texts("保稅工廠", "bonded factory"),
          "warehouse", new Texts("保稅倉庫", "bonded warehouse"),
          "free-port", new Texts("自由貿易港區", "free port zone"));

  private Report() {}

  static byte[] of(Visit visit, Findings found, Instant at) {
    try (Sheet sheet = new Sheet("保稅查核紀錄 Bonded check " + visit.id(), at)) {
      sheet.title("保稅查核紀錄", "Record of a bonded check");
      facts(sheet, visit, found, at);
      counts(sheet, found);
      checklist(sheet, found);
      if (found.remark() != null) {
        sheet.heading("備註 Remark");
        sheet.paragraph(found.remark());
      }
      sheet.heading("簽名 Signature");
      sheet.paragraph("場所代表 For the premises: " + found.signer());
      sheet.strokes(Json.MAPPER.readTree(found.signature().json()));
      sheet.paragraph("關員 Officer: " + visit.officerName());
      return sheet.bytes();
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }

  private static String both(Texts words) {
    return words.zh() + " " + words.en();
  }

  private static void facts(Sheet sheet, Visit visit, Findings found, Instant at)
      throws IOException {
    sheet.fact("查核編號 Check", visit.id().toString());
    sheet.fact("保稅場所 Premises", visit.premises().number() + " " + visit.premises().name());
    sheet.fact(
        "種類 Kind",
        both(KINDS.getOrDefault(visit.premises().kind(), new Texts("", visit.premises().kind()))));
    sheet.fact("統一編號 Company number", visit.company());
    sheet.fact("排定日期 Planned for", visit.plannedFor().toString());
    sheet.fact("結案時間 Closed", MOMENT.format(at) + " (UTC+8)");
    sheet.fact(
        "結果 Result",
        found.result().equals("conform") ? "相符 As in the books" : "不符 Not as in the books");
  }

  private static void counts(Sheet sheet, Findings found) throws IOException {
    sheet.heading("盤點 Stock counted against the books");
    sheet.row(
        false,
        List.of("料號 Code", "品名 Description", "單位 Unit", "帳載 Book", "盤點 Counted", "差異 Difference"));
    for (Findings.Count count : found.counts()) {
      sheet.row(
          count.difference().signum() != 0,
          List.of(
              count.item().code(),
              count.item().description(),
              count.item().unit(),
              count.item().book().toPlainString(),
              count.counted().toPlainString(),
              Findings.signed(count.difference())));
    }
  }

  private static void checklist(Sheet sheet, Findings found) throws IOException {
    sheet.heading("查核表 Checklist");
    for (Map.Entry<Question, Findings.Answered> entry : found.checklist().entrySet()) {
      Findings.Answered answered = entry.getValue();
      String remark = answered.remark() == null ? "" : "：" + answered.remark();
      sheet.paragraph(
          both(entry.getKey().words()) + " — " + both(answered.answer().words()) + remark);
    }
  }
}
