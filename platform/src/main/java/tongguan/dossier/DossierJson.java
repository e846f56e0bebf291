package tongguan.dossier;

/**
 * The part of the dossier's statement that turns the sets around a key into the JSON of the API.
 * PostgreSQL assembles it, and it goes to the wire unparsed. Lists are newest first and bounded;
 * {@code more} names those that were cut.
 */
final class DossierJson {
  private DossierJson() {}

  /**
   * {@code moves}, {@code steps} and {@code papers} are read once and used for lists, timeline and
   * state alike.
   */
  static final String ASSEMBLE =
      """
      , moves as materialized (
        select m.*
        from record.movement m
        where m.container in (select number from c) and not m.cancelled
        order by m.at desc
        limit 101
      ), ships as materialized (
        select v.* from record.voyage v where v.key in (select key from v)
        order by coalesce((v.ata).value, (v.eta).value) desc nulls last, v.key
        limit 51
      ), decls as materialized (
        select d.* from record.declaration d where d.number in (select number from d)
        order by d.lodged_at desc nulls last, d.number
        limit 51
      ), steps as materialized (
        select s.* from record.step s where s.declaration in (select number from decls)
      ), permits as materialized (
        select p.*
        from record.permit p
        where p.voyage in (select key from v) and not p.cancelled
          and (p.scope = 'all'
            or p.containers && array(select number from c)
            or p.bills && array(select key from b)
            or p.number in (select key from hit where kind = 'permit'))
        order by p.issued_at desc, p.number
        limit 51
      ), exams as materialized (
        select e.*
        from record.examination e
        where e.declaration in (select number from d) and not e.cancelled
        order by e.told_at desc, e.number
        limit 51
      ), checks as materialized (
        select k.*
        from record.bonded_check k
        where not k.cancelled
          and (k.containers && array(select number from c)
            or k.declarations && array(select number from d)
            or k.number in (select key from hit where kind = 'bonded-check')
            or k.company in (select key from hit where kind = 'company'))
        order by k.told_at desc, k.number
        limit 51
      ), events as materialized (
        select m.at, m.movement as what, 'movement' as of, 'container' as kind, m.container as key,
          m.place, null::text as value, null::text as reason, m.source, m.message
        from moves m
        union all
        select s.at, s.step, 'step', 'declaration', s.declaration, null, s.channel, s.reason, s.source,
          s.message
        from steps s
        union all
        select p.issued_at, 'discharge-permit', 'permit', 'permit', p.number, p.terminal, null, null,
          p.source, p.message
        from permits p
        union all
        select (s.ata).value, 'arrived', 'voyage', 'voyage', s.key, (s.discharge_port).value,
          (s.vessel_name).value, null, null, null
        from ships s
        where (s.ata).value is not null
        union all
        select e.told_at, 'examination', 'examination', 'examination', e.number, e.office, e.result,
          e.method, e.source, e.message
        from exams e
        union all
        select k.told_at, 'bonded-check', 'bonded-check', 'bonded-check', k.number, k.premises_name,
          k.result, null, k.source, k.message
        from checks k
      ), bills as materialized (
        select x.*, m.cleared is not null
          and (m.cleared).at is not null
          and ((m.cleared).at, (m.cleared).rank, (m.cleared).tie) > (x.told_at, x.told_rank, x.told_tie)
          as withdrawn
        from record.bill x
        left join record.manifest m
          on m.document = x.document and m.sender = x.sender and m.voyage = x.voyage
        where (x.key, x.voyage) in (select key, voyage from b)
        order by x.told_at desc, x.key
        limit 51
      )
      select case (select count(*) from hit)
        when 0 then null
        when 1 then (
          select json_object(
            'subject': (
              select json_object('kind': hit.kind, 'key': hit.key,
                'sizeType': (cont.size_type).value, 'checkDigit': cont.check_digit,
                'firstSeen': cont.first_seen, 'name': (comp.name).value absent on null returning text)::json
              from hit
              left join record.container cont on hit.kind = 'container' and cont.number = hit.key
              left join record.company comp on hit.kind = 'company' and comp.number = hit.key),
            'state': (
              select json_object(
                'phase': coalesce(
                  case when hit.kind in ('declaration', 'examination', 'bill') then decl.phase end,
                  case when last.movement = 'gate-out' then 'out' when last.movement = 'load' then 'loaded' end,
                  case when decl.phase = 'released' then 'released' end,
                  case when decl.phase is not null then 'in-clearance' end,
                  case last.movement
                    when 'discharge' then 'discharged' when 'gate-in' then 'in-yard'
                    when 'transfer' then 'in-yard' end,
                  case when ship.key is null then null
                    when (ship.atd).value is not null then 'departed'
                    when (ship.ata).value is not null then 'arriving' else 'announced' end),
                'where': case when last.container is not null then json_object('place': last.place,
                  'movement': last.movement, 'at': last.at) end,
                'waitingFor': (
                  select json_agg(w order by w) from (
                    select distinct unnest(x.waiting_for) as w from decls x
                    where x.phase not in ('out', 'withdrawn', 'rejected', 'seized', 'returned', 'lapsed')
                      and not (x.phase = 'released' and coalesce(last.movement = 'gate-out', false))) w),
                'next': decl.next_step,
                'declaration': decl.number,
                'since': coalesce(decl.last_step_at, last.at)
                absent on null)
              from hit
              left join lateral (select * from moves order by at desc limit 1) last on true
              left join lateral (select * from ships limit 1) ship on true
              left join lateral (
                select * from decls x
                order by x.phase in ('out', 'withdrawn', 'rejected', 'lapsed', 'returned'), x.lodged_at desc nulls last
                limit 1) decl on true),
            'timeline': (
              select json_agg(json_object('at': e.at, 'what': e.what, 'of': e.of,
                'ref': json_object('kind': e.kind, 'key': e.key), 'place': e.place, 'value': e.value,
                'reason': e.reason, 'source': e.source, 'message': e.message absent on null)
                order by e.at desc, e.of, e.what, e.key)
              from (select * from events order by at desc limit 100) e),
            'voyages': (
              select json_agg(json_object('key': s.key, 'mode': s.mode, 'imo': s.imo,
                'voyageNumber': s.voyage_number, 'flight': s.flight, 'date': s.flight_date,
                'vesselName': (s.vessel_name).value, 'registration': (s.registration).value,
                'carrier': (s.carrier).value, 'loadPort': (s.load_port).value,
                'dischargePort': (s.discharge_port).value, 'terminal': (s.terminal).value,
                'eta': (s.eta).value, 'ata': (s.ata).value, 'etd': (s.etd).value, 'atd': (s.atd).value,
                'manifest': (select min(m.document) from record.manifest m where m.voyage = s.key),
                'stowage': (
                  select min(w.cell) from record.stowage w
                  where w.voyage = s.key and w.container in (select number from c))
                absent on null))
              from (select * from ships limit 50) s),
            'bills': (
              select json_agg(json_object('key': x.key, 'master': x.master, 'house': x.house,
                'voyage': x.voyage, 'goods': x.goods, 'packages': x.packages,
                'packageUnit': x.package_unit, 'grossKg': x.gross_kg,
                'consignee': case when x.consignee is not null then
                  json_object('name': x.consignee, 'company': x.consignee_company absent on null) end,
                'consignor': case when x.consignor is not null then json_object('name': x.consignor) end,
                'notify': case when x.notify_party is not null then json_object('name': x.notify_party) end,
                'loadPort': x.load_port, 'dischargePort': x.discharge_port,
                'placeOfDelivery': x.place_of_delivery, 'dangerous': x.dangerous,
                'containers': (
                  select json_agg(p.container order by p.container) from record.bill_container p
                  where p.bill = x.key and p.voyage = x.voyage),
                'houses': case when x.house is null then (
                  select json_agg(h.key) from (
                    select h.key from record.bill h
                    where h.master = x.key and h.house is not null and h.voyage = x.voyage
                    order by h.key limit 50) h) end,
                'state': case when x.cancelled then 'cancelled' when x.withdrawn then 'withdrawn'
                  else 'on-manifest' end
                absent on null))
              from (select * from bills limit 50) x),
            'containers': (
              select json_agg(json_object('key': k.number, 'sizeType': (k.size_type).value,
                'checkDigit': k.check_digit, 'full': p.full_load, 'grossKg': p.gross_kg,
                'packages': p.packages, 'seals': (
                  select json_agg(s.number order by s.seen_at desc, s.number) from record.seal s
                  where s.container = k.number),
                'where': (
                  select json_object('place': m.place, 'movement': m.movement, 'at': m.at)
                  from moves m where m.container = k.number order by m.at desc limit 1)
                absent on null) order by k.number)
              from (select number from c order by number limit 50) cc
              join record.container k on k.number = cc.number
              left join lateral (
                select x.* from record.bill_container x
                where x.container = k.number order by x.told_at desc limit 1) p on true),
            'declarations': (
              select json_agg(json_object('key': x.number, 'declarationKind': x.declaration_kind,
                'direction': x.direction, 'office': x.office,
                'trader': case when x.trader is not null then
                  json_object('name': x.trader, 'company': x.trader_company absent on null) end,
                'declarant': case when x.declarant is not null then
                  json_object('name': x.declarant, 'boxNumber': x.box_number absent on null) end,
                'counterparty': x.counterparty, 'channel': x.channel, 'phase': x.phase,
                'waitingFor': to_json(x.waiting_for), 'next': x.next_step, 'lodgedAt': x.lodged_at,
                'releasedAt': x.released_at, 'origin': x.origin, 'packages': x.packages,
                'packageUnit': x.package_unit, 'grossKg': x.gross_kg,
                'invoice': case when x.invoice_amount is not null then
                  json_object('amount': x.invoice_amount, 'currency': x.invoice_currency absent on null) end,
                'duty': (
                  select json_object('memo': s.reference, 'total': s.amount, 'currency': s.currency,
                    'due': s.due, 'taxes': s.details,
                    'settled': exists (
                      select from steps t
                      where t.declaration = x.number and t.step in ('duty-paid', 'guaranteed')
                        and t.at >= s.at)
                    absent on null)
                  from steps s
                  where s.declaration = x.number and s.step = 'duty-assessed'
                  order by s.at desc limit 1),
                'holds': (
                  select json_agg(json_object('reference': s.reference, 'reason': s.reason, 'at': s.at
                    absent on null) order by s.at desc)
                  from steps s
                  where s.declaration = x.number and s.step = 'hold' and not exists (
                    select from steps l
                    where l.declaration = x.number and l.step = 'hold-lifted'
                      and l.reference = s.reference and l.at >= s.at)),
                'missing': (
                  select s.details from steps s
                  where s.declaration = x.number and s.step = 'documents-asked'
                  order by s.at desc limit 1),
                'items': x.items
                absent on null))
              from (select * from decls limit 50) x),
            'permits': (
              select json_agg(json_object('key': p.number, 'voyage': p.voyage, 'scope': p.scope,
                'office': p.office, 'terminal': p.terminal, 'issuedAt': p.issued_at,
                'validUntil': p.valid_until absent on null))
              from (select * from permits limit 50) p),
            'movements': (
              select json_agg(json_object('container': m.container, 'movement': m.movement, 'at': m.at,
                'place': m.place, 'placeTo': m.place_to, 'full': m.full_load, 'grossKg': m.gross_kg,
                'seals': case when m.seals is not null then to_json(m.seals) end, 'voyage': m.voyage,
                'truck': m.truck absent on null) order by m.at desc)
              from (select * from moves limit 100) m),
            'examinations': (
              select json_agg(json_object('key': e.number, 'declaration': e.declaration,
                'containers': to_json(e.containers), 'method': e.method, 'result': e.result,
                'office': e.office, 'at': e.told_at, 'packagesOpened': e.packages_opened,
                'findings': e.findings, 'remark': e.remark absent on null))
              from (select * from exams limit 50) e),
            'bondedChecks': (
              select json_agg(json_object('key': k.number,
                'premises': json_object('number': k.premises_number, 'name': k.premises_name,
                  'kind': k.premises_kind),
                'company': k.company, 'result': k.result, 'at': k.told_at, 'items': k.items,
                'remark': k.remark absent on null))
              from (select * from checks limit 50) k),
            'companies': (
              select json_agg(json_object('key': o.number, 'name': (o.name).value) order by o.number)
              from record.company o
              where o.number in (
                select x.trader_company from decls x
                union select x.declarant_company from decls x
                union select x.consignee_company from bills x
                union select k.company from checks k)),
            'links': (
              select json_agg(json_object('rel': l.kind, 'kind': l.kind, 'key': l.key,
                'href': '/api/v1/dossiers?key=' || replace(replace(l.key, '/', '%2F'), ' ', '%20')))
              from (
                select 'container' as kind, number as key from c
                union select 'bill', key from b
                union select 'declaration', number from d
                union select 'voyage', key from v
                union select 'permit', number from permits
                union select 'examination', number from exams
                union select 'bonded-check', number from checks
                except select kind, key from hit
                order by kind, key
                limit 200) l),
            'warnings': (
              select json_agg(w) from (
                select 'check-digit-wrong' as w from hit
                join record.container k on hit.kind = 'container' and k.number = hit.key
                where k.check_digit = 'wrong') w),
            'more': (
              select json_agg(list) from (
                select 'movements' as list where (select count(*) from moves) > 100
                union all select 'bills' where (select count(*) from bills) > 50
                union all select 'declarations' where (select count(*) from decls) > 50
                union all select 'voyages' where (select count(*) from ships) > 50
                union all select 'permits' where (select count(*) from permits) > 50
                union all select 'examinations' where (select count(*) from exams) > 50
                union all select 'bondedChecks' where (select count(*) from checks) > 50) cut),
            'asOf': (select max(at) from events)
            absent on null returning text))
        else (
          select json_object(
            'candidates': (
              select json_agg(json_object('kind': hit.kind, 'key': hit.key, 'about': case hit.kind
                when 'bill' then (
                  select concat_ws(' · ', min(x.goods), min(x.consignee)) from record.bill x
                  where x.key = hit.key)
                when 'voyage' then (
                  select (s.vessel_name).value from record.voyage s where s.key = hit.key)
                when 'declaration' then (
                  select x.trader from record.declaration x where x.number = hit.key)
                when 'company' then (
                  select (o.name).value from record.company o where o.number = hit.key)
                when 'container' then (
                  select (k.size_type).value from record.container k where k.number = hit.key)
                end absent on null) order by hit.kind, hit.key)
              from (select * from hit order by kind, key limit 50) hit)
            returning text))
      end
      """;
}
