package tongguan.dossier;

import static tongguan.dossier.Listing.Filter.moment;
import static tongguan.dossier.Listing.Filter.number;
import static tongguan.dossier.Listing.Filter.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tongguan.dossier.Listing.Column;
import tongguan.dossier.Listing.Filter;

/**
 * The lists of the API. Each rides on an index that begins with its sort expression or with its
 * narrowest filter.
 */
final class Lists {
  private Lists() {}

  private static final String DECLARATION =
      """
      json_object('key': d.number, 'declarationKind': d.declaration_kind, 'direction': d.direction,
        'office': d.office, 'trader': case when d.trader is not null then
          json_object('name': d.trader, 'company': d.trader_company absent on null) end,
        'channel': d.channel, 'phase': d.phase, 'waitingFor': to_json(d.waiting_for), 'next': d.next_step,
        'lodgedAt': d.lodged_at, 'releasedAt': d.released_at, 'since': d.last_step_at,
        'packages': d.packages, 'packageUnit': d.package_unit, 'grossKg': d.gross_kg, 'voyage': d.voyage
        absent on null returning text)\
      """;

  private static final String LODGED = "coalesce(d.lodged_at, '-infinity'::timestamptz)";

  private static final Map<String, Filter> DECLARATION_FILTERS =
      Map.ofEntries(
          Map.entry("district", text("left(d.office, 1) = ?")),
          Map.entry("office", text("d.office = ?")),
          Map.entry("channel", text("d.channel = ?")),
          Map.entry("phase", text("d.phase = ?")),
          Map.entry("kind", text("d.declaration_kind = ?")),
          Map.entry("direction", text("d.direction = ?")),
          Map.entry("trader", number("d.trader_company = ?")),
          Map.entry("waiting", text("d.waiting_for @> array[?::text]")),
          Map.entry("from", moment("d.lodged_at >= ?")),
          Map.entry("to", moment("d.lodged_at < ?")));

  private static final List<Column> DECLARATION_COLUMNS =
      List.of(
          new Column("key", "報單號碼", "Declaration"),
          new Column("declarationKind", "報單類別", "Kind"),
          new Column("office", "關別", "Office"),
          new Column("trader.name", "貨主", "Trader"),
          new Column("trader.company", "統一編號", "Company number"),
          new Column("channel", "通關方式", "Channel"),
          new Column("phase", "階段", "Phase"),
          new Column("waitingFor", "等待", "Waiting for"),
          new Column("lodgedAt", "投單時間", "Lodged"),
          new Column("releasedAt", "放行時間", "Released"),
          new Column("packages", "件數", "Packages"),
          new Column("grossKg", "毛重公斤", "Gross kg"));

  static final Listing FLOW =
      new Listing(
          "/api/v1/flow",
          DECLARATION,
          "record.declaration d",
          Seen.row("d")
              + " and d.phase not in ('out', 'withdrawn', 'rejected', 'lapsed', 'returned')",
          LODGED,
          "d.number",
          DECLARATION_FILTERS,
          DECLARATION_COLUMNS);

  static final Listing DECLARATIONS =
      new Listing(
          "/api/v1/declarations",
          DECLARATION,
          "record.declaration d",
          Seen.row("d"),
          LODGED,
          "d.number",
          with(
              DECLARATION_FILTERS,
              Map.of(
                  "container",
                  number(
                      "d.number in (select l.declaration from record.declaration_container l where l.container = ?)"),
                  "bill",
                  text(
                      "d.number in (select l.declaration from record.declaration_bill l where l.bill = ?)"),
                  "voyage",
                  text("d.voyage = ?"))),
          DECLARATION_COLUMNS);

  static final Listing RELEASES =
      new Listing(
          "/api/v1/releases",
          DECLARATION,
          "record.declaration d",
          Seen.row("d") + " and d.released_at is not null",
          "d.released_at",
          "d.number",
          Map.of(
              "district", text("left(d.office, 1) = ?"),
              "channel", text("d.channel = ?"),
              "direction", text("d.direction = ?"),
              "from", moment("d.released_at >= ?"),
              "to", moment("d.released_at < ?")),
          DECLARATION_COLUMNS);

  static final Listing PERMITS =
      new Listing(
          "/api/v1/permits",
          """
          json_object('key': p.number, 'voyage': p.voyage, 'vesselName': (v.vessel_name).value, 'scope': p.scope,
            'office': p.office, 'terminal': p.terminal, 'issuedAt': p.issued_at, 'validUntil': p.valid_until,
            'cancelled': case when p.cancelled then true end absent on null returning text)\
          """,
          "record.permit p left join record.voyage v on v.key = p.voyage",
          Seen.here("p"),
          "p.issued_at",
          "p.number",
          Map.of(
              "voyage", text("p.voyage = ?"),
              "office", text("p.office = ?"),
              "from", moment("p.issued_at >= ?"),
              "to", moment("p.issued_at < ?")),
          List.of(
              new Column("key", "准單號碼", "Permit"),
              new Column("voyage", "航次", "Voyage"),
              new Column("vesselName", "船名", "Vessel"),
              new Column("scope", "範圍", "Scope"),
              new Column("office", "關別", "Office"),
              new Column("terminal", "碼頭", "Terminal"),
              new Column("issuedAt", "核發時間", "Issued"),
              new Column("validUntil", "有效期限", "Valid until")));

  static final Listing MOVEMENTS =
      new Listing(
          "/api/v1/movements",
          """
          json_object('container': m.container, 'movement': m.movement, 'at': m.at, 'place': m.place,
            'placeTo': m.place_to, 'full': m.full_load, 'grossKg': m.gross_kg,
            'seals': case when m.seals is not null then to_json(m.seals) end, 'voyage': m.voyage,
            'truck': m.truck absent on null returning text)\
          """,
          "record.movement m",
          Seen.here("m") + " and not m.cancelled",
          "m.at",
          "m.container || m.movement || m.place",
          Map.of(
              "container", number("m.container = ?"),
              "place", text("m.place = ?"),
              "movement", text("m.movement = ?"),
              "voyage", text("m.voyage = ?"),
              "from", moment("m.at >= ?"),
              "to", moment("m.at < ?")),
          List.of(
              new Column("container", "貨櫃號碼", "Container"),
              new Column("movement", "動態", "Movement"),
              new Column("at", "時間", "Time"),
              new Column("place", "地點", "Place"),
              new Column("placeTo", "目的地點", "To"),
              new Column("full", "重櫃", "Full"),
              new Column("grossKg", "毛重公斤", "Gross kg"),
              new Column("seals", "封條", "Seals"),
              new Column("voyage", "航次", "Voyage")));

  static final Listing BONDED_CHECKS =
      new Listing(
          "/api/v1/bonded-checks",
          """
          json_object('key': k.number, 'premises': json_object('number': k.premises_number,
            'name': k.premises_name, 'kind': k.premises_kind), 'company': k.company, 'result': k.result,
            'at': k.told_at, 'remark': k.remark absent on null returning text)\
          """,
          "record.bonded_check k",
          Seen.row("k") + " and not k.cancelled",
          "k.told_at",
          "k.number",
          Map.of(
              "company", number("k.company = ?"),
              "result", text("k.result = ?"),
              "from", moment("k.told_at >= ?"),
              "to", moment("k.told_at < ?")),
          List.of(
              new Column("key", "查核編號", "Check"),
              new Column("premises.name", "保稅場所", "Premises"),
              new Column("premises.kind", "種類", "Kind"),
              new Column("company", "統一編號", "Company number"),
              new Column("result", "結果", "Result"),
              new Column("at", "時間", "Time"),
              new Column("remark", "備註", "Remark")));

  static final Listing EXAMINATIONS =
      new Listing(
          "/api/v1/examinations",
          """
          json_object('key': e.number, 'declaration': e.declaration, 'containers': to_json(e.containers),
            'method': e.method, 'result': e.result, 'office': e.office, 'at': e.told_at,
            'packagesOpened': e.packages_opened, 'findings': e.findings, 'remark': e.remark
            absent on null returning text)\
          """,
          "record.examination e",
          Seen.examination("e") + " and not e.cancelled",
          "e.told_at",
          "e.number",
          Map.of(
              "declaration", text("e.declaration = ?"),
              "method", text("e.method = ?"),
              "result", text("e.result = ?"),
              "office", text("e.office = ?"),
              "from", moment("e.told_at >= ?"),
              "to", moment("e.told_at < ?")),
          List.of(
              new Column("key", "查驗編號", "Examination"),
              new Column("declaration", "報單號碼", "Declaration"),
              new Column("containers", "貨櫃", "Containers"),
              new Column("method", "方式", "Method"),
              new Column("result", "結果", "Result"),
              new Column("office", "關別", "Office"),
              new Column("at", "時間", "Time"),
              new Column("packagesOpened", "開驗件數", "Packages opened"),
              new Column("remark", "備註", "Remark")));

  private static final String ARRIVAL =
      "coalesce((v.ata).value, (v.eta).value, '-infinity'::timestamptz)";

  static final Listing VOYAGES =
      new Listing(
          "/api/v1/voyages",
          """
          json_object('key': v.key, 'mode': v.mode, 'imo': v.imo, 'voyageNumber': v.voyage_number,
            'flight': v.flight, 'date': v.flight_date, 'vesselName': (v.vessel_name).value,
            'registration': (v.registration).value, 'carrier': (v.carrier).value,
            'loadPort': (v.load_port).value, 'dischargePort': (v.discharge_port).value,
            'terminal': (v.terminal).value, 'eta': (v.eta).value, 'ata': (v.ata).value,
            'etd': (v.etd).value, 'atd': (v.atd).value absent on null returning text)\
          """,
          "record.voyage v",
          "true",
          ARRIVAL,
          "v.key",
          Map.of(
              "mode", text("v.mode = ?"),
              "port", text("(v.discharge_port).value = ?"),
              "from", moment(ARRIVAL + " >= ?"),
              "to", moment(ARRIVAL + " < ?"),
              "q", text("starts_with(upper(coalesce((v.vessel_name).value, v.flight)), upper(?))")),
          List.of(
              new Column("key", "航次", "Voyage"),
              new Column("mode", "海空運", "Mode"),
              new Column("vesselName", "船名", "Vessel"),
              new Column("registration", "船隻掛號", "Registration"),
              new Column("loadPort", "裝貨港", "Load port"),
              new Column("dischargePort", "卸貨港", "Discharge port"),
              new Column("eta", "預計抵達", "ETA"),
              new Column("ata", "實際抵達", "ATA")));

  /** The consignments of one voyage; the voyage is a filter that its route always sets. */
  static final Listing MANIFEST =
      new Listing(
          "/api/v1/manifest",
          """
          json_object('key': b.key, 'master': b.master, 'house': b.house, 'voyage': b.voyage,
            'goods': b.goods, 'packages': b.packages, 'packageUnit': b.package_unit, 'grossKg': b.gross_kg,
            'consignee': case when b.consignee is not null then
              json_object('name': b.consignee, 'company': b.consignee_company absent on null) end,
            'loadPort': b.load_port, 'dischargePort': b.discharge_port,
            'containers': (
              select json_agg(p.container order by p.container) from record.bill_container p
              where p.bill = b.key and p.voyage = b.voyage),
            'state': case when b.cancelled then 'cancelled'
              when m.cleared is not null and ((m.cleared).at, (m.cleared).rank, (m.cleared).tie)
                > (b.told_at, b.told_rank, b.told_tie) then 'withdrawn'
              else 'on-manifest' end
            absent on null returning text)\
          """,
          """
          record.bill b
          left join record.manifest m on m.document = b.document and m.sender = b.sender and m.voyage = b.voyage\
          """,
          Seen.row("b"),
          "'-infinity'::timestamptz",
          "b.key",
          Map.of("voyage", text("b.voyage = ?")),
          List.of(
              new Column("key", "提單", "Bill"),
              new Column("goods", "貨名", "Goods"),
              new Column("packages", "件數", "Packages"),
              new Column("packageUnit", "單位", "Unit"),
              new Column("grossKg", "毛重公斤", "Gross kg"),
              new Column("consignee.name", "收貨人", "Consignee"),
              new Column("containers", "貨櫃", "Containers"),
              new Column("state", "狀態", "State")));

  static final List<Listing> ALL =
      List.of(
          FLOW,
          DECLARATIONS,
          RELEASES,
          PERMITS,
          MOVEMENTS,
          BONDED_CHECKS,
          EXAMINATIONS,
          VOYAGES,
          MANIFEST);

  static Optional<Listing> named(String name) {
    return ALL.stream().filter(listing -> listing.name().equals(name)).findFirst();
  }

  static List<String> names() {
    return ALL.stream().map(Listing::name).toList();
  }

  private static Map<String, Filter> with(Map<String, Filter> first, Map<String, Filter> second) {
    Map<String, Filter> both = new HashMap<>(first);
    both.putAll(second);
    return Map.copyOf(both);
  }
}
