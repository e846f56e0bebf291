package tongguan.dossier;

/**
 * The part of the dossier's statement that turns the sets around a key into the JSON of the API.
 * PostgreSQL assembles it, and it goes to the wire unparsed. Lists are newest first and bounded;
 * one entry more than the bound says that there is more in the list behind it.
 *
 * <p>What it costs is the starting of its plan, some microseconds a node, and hardly its few rows:
 * so each set is read once, and nothing is asked that a list already tells (measured:
 * docs/benchmarks.md).
 */
final class DossierJson {
  private DossierJson() {}

  static final String ASSEMBLE =
      """
      , ships as materialized (
        select s.* from record.voyage s where s.key = any (array(select key from v))
        order by coalesce((s.ata).value, (s.eta).value, '-infinity') desc, s.key
        limit 51
      ), decls as materialized (
        select * from docs
        order by phase in ('out', 'withdrawn', 'rejected', 'lapsed', 'returned'),
          lodged_at desc nulls last, number
        limit 51
      ), near_permits(number) as (
        select p.number from record.permit p
        where p.voyage = any (array(select key from v)) and p.scope = 'all'
        union
        select p.number from record.permit p
        where p.scope = 'part' and p.containers && array(select number from c)
        union
        select p.number from record.permit p
        where p.scope = 'part' and p.bills && array(select key from bills)
      ), papers as materialized (
        select p.* from near_permits n join record.permit p on p.number = n.number
        where p.voyage = any (array(select key from v)) and not p.cancelled and %1$s
        order by p.issued_at desc, p.number
        limit 51
      ), exams as materialized (
        select * from record.examination x
        where declaration = any (array(select number from decls)) and not cancelled and %2$s
        order by told_at desc, number
        limit 51
      ), checks as materialized (
        select * from record.bonded_check x
        where number = any (array(select number from k)) and not cancelled and %2$s
        order by told_at desc, number
        limit 51
      ), top as (
        select last.container, last.movement, last.place, last.at,
          coalesce(last.movement in ('gate-out', 'load'), false) as left_port,
          open.number, open.direction, open.phase, open.waiting_for, open.next_step, open.last_step_at,
          ship.key as ship, (ship.ata).value as ata, (ship.atd).value as atd
        from (values (1)) one
        left join lateral (select * from moves limit 1) last on true
        left join lateral (select * from decls limit 1) open on true
        left join lateral (select * from ships limit 1) ship on true
      )
      select case (select count(*) from found)
        when 0 then null
        when 1 then (
          select json_object(
            'subject': json_object('kind': hit.kind, 'key': hit.key, 'sizeType': (cont.size_type).value,
              'checkDigit': cont.check_digit, 'firstSeen': case when %6$s then cont.first_seen end,
              'name': case when hit.kind = 'company' then (
                select (o.name).value from record.company o where o.number = hit.key) end absent on null),
            'state': json_object(
              'phase': case
                when hit.kind in ('declaration', 'examination', 'bill') and top.phase is not null
                  then top.phase
                when top.movement = 'gate-out' then 'out'
                when top.movement = 'load' then 'loaded'
                when top.phase = 'released' then 'released'
                when top.phase is not null and top.phase <> 'out' then 'in-clearance'
                when top.movement = 'discharge' then 'discharged'
                when top.movement in ('gate-in', 'transfer') then 'in-yard'
                when top.atd is not null then 'departed'
                when top.ata is not null then 'arriving'
                when top.ship is not null then 'announced' end,
              'where': case when top.container is not null then json_object(
                'place': top.place, 'movement': top.movement, 'at': top.at) end,
              'waitingFor': case
                when hit.kind <> 'container' then nullif(top.waiting_for, '{}')
                when top.left_port then null
                when top.movement is null and top.ship is not null and top.direction is distinct from 'export'
                  then array_prepend('discharge', coalesce(top.waiting_for, '{}'))
                else nullif(top.waiting_for, '{}') end,
              'next': case when not top.left_port or hit.kind <> 'container' then top.next_step end,
              'declaration': top.number,
              'since': coalesce(top.last_step_at, top.at) absent on null),
            'timeline': (
              select json_agg(e.event order by e.at desc, e.of, e.what, e.key) from (
                select m.at, 'movement' as of, m.movement as what, m.container as key,
                  json_object('at': m.at, 'what': m.movement, 'of': 'movement',
                    'ref': json_object('kind': 'container', 'key': m.container), 'place': m.place,
                    'source': m.source, 'message': m.message) as event
                from moves m
                union all
                select s.at, 'step', s.step, s.declaration,
                  json_object('at': s.at, 'what': s.step, 'of': 'step',
                    'ref': json_object('kind': 'declaration', 'key': s.declaration), 'value': s.channel,
                    'reason': s.reason, 'source': s.source, 'message': s.message absent on null)
                from record.step s where s.declaration = any (array(select number from decls))
                union all
                select p.issued_at, 'permit', 'discharge-permit', p.number,
                  json_object('at': p.issued_at, 'what': 'discharge-permit', 'of': 'permit',
                    'ref': json_object('kind': 'permit', 'key': p.number), 'place': p.terminal,
                    'source': p.source, 'message': p.message absent on null)
                from papers p
                union all
                select (s.ata).value, 'voyage', 'arrived', s.key,
                  json_object('at': (s.ata).value, 'what': 'arrived', 'of': 'voyage',
                    'ref': json_object('kind': 'voyage', 'key': s.key), 'place': (s.discharge_port).value
                    absent on null)
                from ships s where (s.ata).value is not null
                union all
                select x.told_at, 'examination', 'examination', x.number,
                  json_object('at': x.told_at, 'what': 'examination', 'of': 'examination',
                    'ref': json_object('kind': 'examination', 'key': x.number), 'place': x.office,
                    'value': x.result, 'source': x.source, 'message': x.message absent on null)
                from exams x
                union all
                select x.told_at, 'bonded-check', 'bonded-check', x.number,
                  json_object('at': x.told_at, 'what': 'bonded-check', 'of': 'bonded-check',
                    'ref': json_object('kind': 'bonded-check', 'key': x.number), 'value': x.result,
                    'source': x.source, 'message': x.message)
                from checks x
                order by 1 desc
                limit 101) e),
            'voyages': (
              select json_agg(json_object('key': s.key, 'mode': s.mode, 'imo': s.imo,
                'voyageNumber': s.voyage_number, 'flight': s.flight, 'date': s.flight_date,
                'vesselName': (s.vessel_name).value, 'registration': (s.registration).value,
                'carrier': (s.carrier).value, 'loadPort': (s.load_port).value,
                'dischargePort': (s.discharge_port).value, 'terminal': (s.terminal).value,
                'eta': (s.eta).value, 'ata': (s.ata).value, 'etd': (s.etd).value, 'atd': (s.atd).value
                absent on null))
              from ships s),
            'bills': (
              select json_agg(x.bill order by x.told_at desc, x.key) from (
                select x.told_at, x.key,
                  json_object('key': x.key, 'master': x.master, 'house': x.house, 'voyage': x.voyage,
                    'goods': x.goods, 'packages': x.packages, 'packageUnit': x.package_unit,
                    'grossKg': x.gross_kg,
                    'consignee': case when x.consignee is not null then
                      json_object('name': x.consignee, 'company': x.consignee_company absent on null) end,
                    'consignor': case when x.consignor is not null then
                      json_object('name': x.consignor) end,
                    'notify': case when x.notify_party is not null then
                      json_object('name': x.notify_party) end,
                    'loadPort': x.load_port, 'dischargePort': x.discharge_port,
                    'placeOfDelivery': x.place_of_delivery, 'dangerous': x.dangerous,
                    'manifest': x.document,
                    'containers': (
                      select json_agg(p.container order by p.container) from record.bill_container p
                      where p.bill = x.key and p.voyage = x.voyage),
                    'houses': case when x.house is null then (
                      select json_agg(h.key order by h.key) from record.bill h
                      where h.master = x.key and h.house is not null and h.voyage = x.voyage and %3$s) end,
                    'state': case when x.cancelled then 'cancelled'
                      when ((m.cleared).at, (m.cleared).rank, (m.cleared).tie)
                        > (x.told_at, x.told_rank, x.told_tie) then 'withdrawn'
                      else 'on-manifest' end
                    absent on null) as bill
                from bills x
                left join record.manifest m
                  on m.document = x.document and m.sender = x.sender and m.voyage = x.voyage
                order by x.told_at desc, x.key
                limit 51) x),
            'containers': (
              select json_agg(x.container order by x.number) from (
                select k.number,
                  json_object('key': k.number, 'sizeType': (k.size_type).value,
                    'checkDigit': k.check_digit, 'full': p.full_load, 'grossKg': p.gross_kg,
                    'packages': p.packages, 'stowage': w.cell,
                    'seals': (
                      select json_agg(s.number order by s.seen_at desc, s.number)
                      from record.seal s
                      where s.container = k.number
                        and (exists (
                            select from moves m where m.container = k.number and s.number = any (m.seals))
                          or %4$s)),
                    'where': (
                      select json_object('place': m.place, 'movement': m.movement, 'at': m.at)
                      from moves m where m.container = k.number limit 1)
                    absent on null) as container
                from (select number from c order by number limit 51) c
                join record.container k on k.number = c.number
                left join lateral (
                  select l.* from record.bill_container l
                  join record.bill x on x.key = l.bill and x.voyage = l.voyage
                  where l.container = k.number and %2$s order by l.told_at desc limit 1) p on true
                left join record.stowage w
                  on w.container = k.number and w.voyage = p.voyage and %5$s) x),
            'declarations': (
              select json_agg(json_object('key': x.number, 'declarationKind': x.declaration_kind,
                'direction': x.direction, 'office': x.office,
                'trader': case when x.trader is not null then
                  json_object('name': x.trader, 'company': x.trader_company absent on null) end,
                'declarant': case when x.declarant is not null then
                  json_object('name': x.declarant, 'company': x.declarant_company,
                    'boxNumber': x.box_number absent on null) end,
                'counterparty': x.counterparty, 'channel': x.channel, 'phase': x.phase,
                'waitingFor': to_json(x.waiting_for), 'next': x.next_step, 'lodgedAt': x.lodged_at,
                'releasedAt': x.released_at, 'origin': x.origin, 'packages': x.packages,
                'packageUnit': x.package_unit, 'grossKg': x.gross_kg,
                'invoice': case when x.invoice_amount is not null then
                  json_object('amount': x.invoice_amount, 'currency': x.invoice_currency absent on null) end,
                'duty': x.duty, 'holds': x.holds, 'missing': x.missing, 'items': x.items
                absent on null))
              from decls x),
            'permits': (
              select json_agg(json_object('key': p.number, 'voyage': p.voyage, 'scope': p.scope,
                'office': p.office, 'terminal': p.terminal, 'issuedAt': p.issued_at,
                'validUntil': p.valid_until absent on null))
              from papers p),
            'movements': (
              select json_agg(json_object('container': m.container, 'movement': m.movement, 'at': m.at,
                'place': m.place, 'placeTo': m.place_to, 'full': m.full_load, 'grossKg': m.gross_kg,
                'seals': to_json(m.seals), 'voyage': m.voyage, 'truck': m.truck absent on null))
              from moves m),
            'examinations': (
              select json_agg(json_object('key': e.number, 'declaration': e.declaration,
                'containers': to_json(e.containers), 'method': e.method, 'result': e.result,
                'office': e.office, 'at': e.told_at, 'packagesOpened': e.packages_opened,
                'findings': e.findings, 'remark': e.remark absent on null))
              from exams e),
            'bondedChecks': (
              select json_agg(json_object('key': x.number,
                'premises': json_object('number': x.premises_number, 'name': x.premises_name,
                  'kind': x.premises_kind),
                'company': x.company, 'result': x.result, 'at': x.told_at, 'items': x.items,
                'remark': x.remark absent on null))
              from checks x),
            'links': (
              select json_agg(json_object('rel': l.kind, 'kind': l.kind, 'key': l.key, 'href':
                '/api/v1/dossiers?key=' || replace(replace(l.key, '/', '%%2F'), ' ', '%%20'))
                order by l.kind, l.key)
              from (
                select 'container' as kind, number as key from c
                union all select distinct 'bill', key from bills
                union all select 'declaration', number from docs
                union all select distinct 'voyage', key from v
                limit 201) l
              where (l.kind, l.key) <> (hit.kind, hit.key)),
            'warnings': case when cont.check_digit = 'wrong' then json_array('check-digit-wrong') end
            absent on null returning text)
          from found hit
          cross join top
          left join record.container cont on hit.kind = 'container' and cont.number = hit.key)
        else (
          select json_object('candidates': json_agg(json_object('kind': hit.kind, 'key': hit.key,
            'about': case hit.kind
              when 'bill' then (
                select concat_ws(' · ', min(x.goods), min(x.consignee)) from record.bill x
                where x.key = hit.key and %2$s)
              when 'voyage' then (select (s.vessel_name).value from record.voyage s where s.key = hit.key)
              when 'declaration' then (select x.trader from record.declaration x where x.number = hit.key)
              when 'company' then (select (o.name).value from record.company o where o.number = hit.key)
              when 'container' then (
                select (k.size_type).value from record.container k where k.number = hit.key)
            end absent on null) order by hit.kind, hit.key) returning text)
          from (select * from found order by kind, key limit 51) hit)
      end
      """
          .formatted(
              Seen.here("p"),
              Seen.row("x"),
              Seen.row("h"),
              Seen.seal("s"),
              Seen.here("w"),
              Seen.ALL);
}
