package tongguan.record;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** SQL of declarations, their steps, and where a declaration stands by them. */
final class DeclarationStore {
  private final Connection transaction;

  DeclarationStore(Connection transaction) {
    this.transaction = transaction;
  }

  void write(Batch batch) throws SQLException {
    List<String> named = List.copyOf(batch.namedDeclarations);
    Rows.writeKeys(transaction, NAME, List.of(named));
    Rows.write(transaction, STATE, batch.declarations);
    List<String> stated = batch.declarations.stream().map(Fact.Declaration::key).toList();
    Rows.writeKeys(transaction, UNLINK_OLDER_BILLS, List.of(stated));
    Rows.writeKeys(transaction, UNLINK_OLDER_CONTAINERS, List.of(stated));
    Rows.write(transaction, STEP, batch.steps);
    settle(named, batch);
  }

  /** Declarations whose steps changed, and those whose containers moved. */
  private void settle(List<String> named, Batch batch) throws SQLException {
    List<String> moved =
        batch.movements.stream()
            .filter(DeclarationStore::mayEndClearance)
            .map(Fact.Movement::key)
            .distinct()
            .toList();
    if (named.isEmpty() && moved.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = transaction.prepareStatement(SETTLE)) {
      statement.setArray(1, transaction.createArrayOf("text", named.toArray()));
      statement.setArray(2, transaction.createArrayOf("text", moved.toArray()));
      statement.executeUpdate();
    }
  }

  private static boolean mayEndClearance(Fact.Movement movement) {
    return movement.movement() == MovementKind.GATE_OUT || movement.movement() == MovementKind.LOAD;
  }

  // The row is locked also where it is there already, so that two transactions with steps of one
  // declaration settle it
  // one after the other, each seeing the other's steps.
  private static final String NAME =
      """
      insert into record.declaration as d (number, office)
      select number, left(number, 2) from unnest(?::text[]) as f(number)
      order by number
      on conflict (number) do update set office = d.office where false
      """;

  private static final String STATE =
      """
      with told as (
        select distinct on (declaration) *
        from json_to_recordset(?::json)
          as f(declaration text, direction text, declaration_kind text, office text, trader text,
            trader_company text, counterparty text, declarant text, declarant_company text, box_number text,
            voyage text, load_port text, discharge_port text, origin text, packages integer,
            package_unit text, gross_kg numeric, invoice_amount numeric, invoice_currency text, items jsonb,
            bills text[], containers text[],
            told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid,
            told_classification smallint)
        order by declaration, told_at desc, told_rank desc, told_tie desc
      ), won as (
        update record.declaration d
        set direction = t.direction, declaration_kind = t.declaration_kind,
          office = coalesce(t.office, left(d.number, 2)), trader = t.trader,
          trader_company = t.trader_company, counterparty = t.counterparty, declarant = t.declarant,
          declarant_company = t.declarant_company, box_number = t.box_number, voyage = t.voyage,
          load_port = t.load_port, discharge_port = t.discharge_port, origin = t.origin,
          packages = t.packages, package_unit = t.package_unit, gross_kg = t.gross_kg,
          invoice_amount = t.invoice_amount, invoice_currency = t.invoice_currency, items = t.items,
          told_at = t.told_at, told_rank = t.told_rank, told_tie = t.told_tie, message = t.told_message,
          classification = t.told_classification
        from told t
        where d.number = t.declaration
          and (d.told_at is null
            or (t.told_at, t.told_rank, t.told_tie) > (d.told_at, d.told_rank, d.told_tie))
        returning d.number
      ), billed as (
        insert into record.declaration_bill (declaration, bill, told_at, told_rank, told_tie)
        select distinct t.declaration, b.bill, t.told_at, t.told_rank, t.told_tie
        from told t join won on won.number = t.declaration, unnest(t.bills) as b(bill)
        order by 2, 1
        on conflict (bill, declaration) do update
        set told_at = excluded.told_at, told_rank = excluded.told_rank, told_tie = excluded.told_tie
      )
      insert into record.declaration_container (declaration, container, told_at, told_rank, told_tie)
      select distinct t.declaration, c.container, t.told_at, t.told_rank, t.told_tie
      from told t join won on won.number = t.declaration, unnest(t.containers) as c(container)
      order by 2, 1
      on conflict (container, declaration) do update
      set told_at = excluded.told_at, told_rank = excluded.told_rank, told_tie = excluded.told_tie
      """;

  private static final String UNLINK_OLDER_BILLS =
      """
      delete from record.declaration_bill l
      using record.declaration d
      where d.number = any (?::text[]) and l.declaration = d.number
        and (l.told_at, l.told_rank, l.told_tie) < (d.told_at, d.told_rank, d.told_tie)
      """;

  private static final String UNLINK_OLDER_CONTAINERS =
      """
      delete from record.declaration_container l
      using record.declaration d
      where d.number = any (?::text[]) and l.declaration = d.number
        and (l.told_at, l.told_rank, l.told_tie) < (d.told_at, d.told_rank, d.told_tie)
      """;

  private static final String STEP =
      """
      insert into record.step as s (declaration, at, step, reference, channel, reason, amount, currency, due,
        details, source, told_rank, told_tie, message)
      select distinct on (declaration, told_at, step, coalesce(reference, ''))
        declaration, told_at, step, coalesce(reference, ''), channel, reason, amount, currency, due,
        nullif(details, '[]'), told_source, told_rank, told_tie, told_message
      from json_to_recordset(?::json)
        as f(declaration text, step text, reference text, channel text, reason text, amount numeric,
          currency text, due timestamptz, details jsonb, told_source text,
          told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid)
      order by declaration, told_at, step, coalesce(reference, ''), told_rank desc, told_tie desc
      on conflict (declaration, at, step, reference) do update
      set channel = excluded.channel, reason = excluded.reason, amount = excluded.amount,
        currency = excluded.currency, due = excluded.due, details = excluded.details,
        source = excluded.source, told_rank = excluded.told_rank, told_tie = excluded.told_tie,
        message = excluded.message
      where (excluded.told_rank, excluded.told_tie) > (s.told_rank, s.told_tie)
      """;

  // Where a declaration stands is a function of the set of its steps and of its containers'
  // movements, worked out anew
  // each time: the order in which messages arrived cannot show. A later step implies the earlier
  // ones whose message
  // is missing (what has a channel was accepted). Domain: "Clearance of one import declaration".
  private static final String SETTLE =
      """
      with touched as (
        select unnest(?::text[]) as number
        union
        select l.declaration from record.declaration_container l where l.container = any (?::text[])
      ), taken as (
        select s.declaration,
          min(s.at) filter (where s.step = 'lodged') as lodged_at,
          max(s.at) as last_step_at,
          bool_or(s.step not in ('lodged', 'rejected', 'withdrawn', 'hold', 'hold-lifted')) as accepted,
          (array_agg(s.step order by s.at desc, s.told_rank desc, s.told_tie desc)
            filter (where s.step in ('accepted', 'rejected', 'withdrawn', 'seized', 'returned', 'lapsed',
              'released')))[1] as standing,
          (array_agg(s.channel order by s.at desc, s.told_rank desc, s.told_tie desc)
            filter (where s.step = 'channel'))[1] as channel,
          max(s.at) filter (where s.step = 'documents-asked') as documents_asked,
          max(s.at) filter (where s.step = 'documents-reviewed') as documents_reviewed,
          max(s.at) filter (where s.step = 'examination-assigned') as examination_assigned,
          max(s.at) filter (where s.step = 'examined') as examined,
          bool_or(s.step in ('valued', 'duty-assessed')) as valued,
          max(s.at) filter (where s.step = 'duty-assessed') as duty_assessed,
          max(s.at) filter (where s.step in ('duty-paid', 'guaranteed')) as duty_settled,
          max(s.at) filter (where s.step = 'correction-asked') as correction_asked,
          max(s.at) filter (where s.step = 'corrected') as corrected,
          max(s.at) filter (where s.step = 'released') as released,
          max(s.at) filter (where s.step = 'release-cancelled') as release_cancelled,
          (array_agg(jsonb_build_object('memo', s.reference, 'total', s.amount, 'currency', s.currency,
              'due', s.due, 'taxes', s.details) order by s.at desc, s.told_rank desc, s.told_tie desc)
            filter (where s.step = 'duty-assessed'))[1] as memo,
          (array_agg(s.details order by s.at desc, s.told_rank desc, s.told_tie desc)
            filter (where s.step = 'documents-asked'))[1] as missing
        from record.step s
        where s.declaration in (select number from touched)
        group by s.declaration
      ), held as (
        select s.declaration, jsonb_agg(
            jsonb_strip_nulls(jsonb_build_object('reference', s.reference, 'reason', s.reason, 'at', s.at))
            order by s.at desc, s.reference) as holds
        from record.step s
        where s.declaration in (select number from touched) and s.step = 'hold' and not exists (
          select from record.step l
          where l.declaration = s.declaration and l.step = 'hold-lifted' and l.reference = s.reference
            and l.at >= s.at)
        group by s.declaration
      ), left_port as (
        select l.declaration, bool_and(exists (
          select from record.movement m
          where m.container = l.container and not m.cancelled
            and m.movement = case d.direction when 'export' then 'load' else 'gate-out' end
            and m.at >= t.released)) as gone
        from touched
        join record.declaration d on d.number = touched.number
        join taken t on t.declaration = d.number
        join record.declaration_container l on l.declaration = d.number
        where t.released is not null
        group by l.declaration
      ), weighed as (
        select d.number, t.*, h.holds, h.holds is not null as held,
          coalesce(g.gone, false) as gone,
          t.released is not null and coalesce(t.release_cancelled < t.released, true) as is_released,
          coalesce(t.correction_asked > coalesce(t.corrected, '-infinity'), false) as correcting
        from record.declaration d
        join touched on touched.number = d.number
        left join taken t on t.declaration = d.number
        left join held h on h.declaration = d.number
        left join left_port g on g.declaration = d.number
      ), phased as (
        select w.*,
          case
            when w.standing in ('rejected', 'withdrawn', 'seized', 'returned', 'lapsed') then w.standing
            when w.is_released and w.gone then 'out'
            when w.is_released then 'released'
            when not coalesce(w.accepted, false) then 'lodged'
            when w.channel is null then 'accepted'
            when w.channel = 'C2' and coalesce(w.documents_reviewed < w.documents_asked,
              w.documents_reviewed is null) then 'documents'
            when w.channel in ('C3', 'C3M', 'C3X') and coalesce(w.examined < w.examination_assigned,
              w.examined is null) then 'examination'
            when %1$s then 'ready'
            when not w.valued then 'valuation'
            when %2$s then 'ready'
            when coalesce(w.duty_settled < w.duty_assessed, w.duty_settled is null) then 'duty'
            else 'ready'
          end as phase
        from weighed w
        join record.declaration d on d.number = w.number
      ), settled as (
        select p.number, p.phase, p.channel, p.lodged_at, p.last_step_at, p.holds, p.missing,
          jsonb_strip_nulls(p.memo || jsonb_build_object(
            'settled', coalesce(p.duty_settled >= p.duty_assessed, false))) as duty,
          case when p.is_released then p.released end as released_at,
          array_remove(array[
            case when p.held and p.phase not in ('released', 'out') then 'hold' end,
            case when p.correcting and not p.is_released then 'correction' end,
            case p.phase
              when 'lodged' then 'acceptance' when 'accepted' then 'channel' when 'documents' then 'documents'
              when 'examination' then 'examination' when 'valuation' then 'valuation' when 'duty' then 'duty'
              when 'ready' then 'release' when 'released' then 'gate-out'
            end], null) as waiting_for,
          case p.phase
            when 'lodged' then 'accepted' when 'accepted' then 'channel'
            when 'documents' then 'documents-reviewed'
            when 'examination' then case
              when coalesce(p.examination_assigned > coalesce(p.examined, '-infinity'), false)
              then 'examined' else 'examination-assigned' end
            when 'valuation' then 'valued' when 'duty' then case
              when p.duty_assessed is null then 'duty-assessed' else 'duty-paid' end
            when 'ready' then 'released' when 'released' then 'goods-out'
          end as next_step
        from phased p
      )
      update record.declaration d
      set phase = s.phase, channel = s.channel, waiting_for = s.waiting_for, next_step = s.next_step,
        lodged_at = s.lodged_at, released_at = s.released_at, last_step_at = s.last_step_at,
        duty = s.duty, holds = s.holds, missing = s.missing
      from settled s
      where d.number = s.number
        and (d.phase, d.channel, d.waiting_for, d.next_step, d.lodged_at, d.released_at, d.last_step_at,
            d.duty, d.holds, d.missing)
          is distinct from
          (s.phase, s.channel, s.waiting_for, s.next_step, s.lodged_at, s.released_at, s.last_step_at,
            s.duty, s.holds, s.missing)
      """
          .formatted(Taxed.IS_NOT_VALUED, Taxed.IS_NOT_TAXED);
}
