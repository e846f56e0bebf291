package tongguan.inspection;

import tongguan.dossier.Seen;

/**
 * The statements behind a batch: from the numbers that were scanned to the declarations that they
 * stand for, all in one go. A container stands for what is declared of it or of its bills, a master
 * bill also for its houses, a house alone for the bill of that number under whatever master.
 *
 * <p>Parameters: the reader's districts and clearance, what is to be said of each number's own form
 * (one for each place), then place, kind and canonical key of each reading.
 *
 * <p>Each way rides on an index: {@code bill_pkey}, {@code bill_by_house}, {@code bill_by_master},
 * {@code bill_container_pkey}, {@code declaration_bill_pkey}, {@code declaration_container_pkey},
 * {@code declaration_pkey}.
 */
final class BatchSql {
  private BatchSql() {}

  private static final String MEANT =
      """
      with q as materialized (select ?::int as districts, ?::int as clearance),
      place as materialized (
        select p.place, p.form from unnest(?::text[]) with ordinality p(form, place)),
      asked as materialized (
        select a.place::bigint, a.kind, a.key from unnest(?::text[], ?::text[], ?::text[]) a(place, kind, key)),
      named as materialized (
        select a.place, b.key, b.voyage from asked a join record.bill b on b.key = a.key where a.kind = 'bill'
        union
        select a.place, b.key, b.voyage from asked a join record.bill b on b.house = a.key where a.kind = 'bill'
        union
        select a.place, b.key, b.voyage from asked a
        join record.bill b on b.master = a.key and b.house is not null
        where a.kind = 'bill'
        union
        select a.place, l.bill, l.voyage from asked a join record.bill_container l on l.container = a.key
        where a.kind = 'container'),
      bill as materialized (
        select n.place, b.key, b.goods, b.consignee, b.gross_kg, b.load_port, b.dangerous is not null as dangerous
        from named n cross join q
        join record.bill b on b.key = n.key and b.voyage = n.voyage
        where not b.cancelled and %1$s),
      linked as materialized (
        select a.place, a.key as number from asked a where a.kind = 'declaration'
        union
        select a.place, l.declaration from asked a join record.declaration_container l on l.container = a.key
        where a.kind = 'container'
        union
        select a.place, l.declaration from asked a join record.declaration_bill l on l.bill = a.key
        where a.kind = 'bill'
        union
        select b.place, l.declaration from bill b join record.declaration_bill l on l.bill = b.key),
      meant as materialized (
        select l.place, d.number
        from linked l cross join q
        join record.declaration d on d.number = l.number
        where %2$s)
      """
          .formatted(Seen.row("b"), Seen.row("d"));

  /** Place and declaration, as many as a batch may come to and one more. */
  static final String DECLARATIONS =
      MEANT + "select place::int as place, number from meant order by place, number limit ?";

  /**
   * The answers in the order of the places, one JSON array. What belongs to one place is brought
   * together by grouping and joined once: asking for it place by place read every set 500 times.
   */
  static final String LOOK_UP =
      MEANT
          + """
          , declared as materialized (
            select m.place, d.number, d.phase, d.channel, d.released_at, d.items, d.trader, d.origin, d.gross_kg,
              d.holds is not null or 'hold' = any (d.waiting_for) as held, f.state, f.outcome, f.flag, f.flags,
              count(*) over (partition by m.place)::int as count,
              row_number() over (partition by m.place order by f.state is not null and f.outcome is null desc,
                d.holds is not null desc, d.released_at is null desc, d.lodged_at desc nulls last, d.number) as rank
            from meant m
            join record.declaration d on d.number = m.number
            left join lateral (
              select n.state, n.outcome, n.flags, json_build_object(
                'id', n.id, 'kind', n.input ->> 'kind', 'reason', n.input ->> 'reason', 'state', n.state,
                'outcome', n.outcome, 'by', n.officer_name, 'at', n.confirmed_at, 'code', n.code,
                'answer', n.answer) as flag
              from (
                select c.*, clearance.flag_outcome(c) as outcome, count(*) over ()::int as flags
                from clearance.command c
                where c.declaration = d.number and c.act = 'flag'
                order by c.id desc limit 1) n) f on true),
          goods as materialized (
            select b.place, min(b.key) as key, min(b.goods) as goods, min(b.consignee) as consignee,
              min(b.load_port) as load_port, sum(b.gross_kg) as gross_kg, bool_or(b.dangerous) as dangerous
            from bill b group by b.place),
          known as materialized (
            select p.place, d.number is not null or b.key is not null or exists (
              select from asked a cross join q
              where a.place = p.place and a.kind = 'container' and %s) as found
            from place p
            left join declared d on d.place = p.place and d.rank = 1
            left join goods b on b.place = p.place)
          select coalesce(json_agg(json_strip_nulls(json_build_object(
              'found', k.found, 'check', nullif(p.form, ''),
              'declaration', d.number, 'declarations', d.count,
              'bill', b.key, 'phase', d.phase, 'channel', d.channel, 'releasedAt', d.released_at,
              'held', nullif(d.held, false), 'dangerous', nullif(b.dangerous, false),
              'flag', d.flag, 'flags', d.flags, 'conflict', case
                when d.released_at is null or d.state is null then null
                when d.outcome = 'lost' then 'released'
                when d.outcome is not null then null
                when d.state = 'done' then 'flagged'
                else 'undecided' end,
              'goods', left(coalesce(b.goods, d.items -> 0 ->> 'description'), 60),
              'consignee', left(coalesce(b.consignee, d.trader), 40),
              'origin', coalesce(d.origin, b.load_port),
              'manifestKg', b.gross_kg, 'declaredKg', d.gross_kg)) order by p.place)::text, '[]')
          from place p
          join known k on k.place = p.place
          left join declared d on d.place = p.place and d.rank = 1
          left join goods b on b.place = p.place
          """
              .formatted(Seen.container("a.key"));
}
