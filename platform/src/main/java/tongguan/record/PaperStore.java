package tongguan.record;

import java.sql.Connection;
import java.sql.SQLException;

/** SQL of permits, examinations, bonded checks and the names of companies. */
final class PaperStore {
  private final Connection transaction;

  PaperStore(Connection transaction) {
    this.transaction = transaction;
  }

  void write(Batch batch) throws SQLException {
    Rows.write(transaction, PERMIT, batch.permits);
    Rows.write(transaction, EXAMINATION, batch.examinations);
    Rows.write(transaction, BONDED_CHECK, batch.bondedChecks);
    Rows.write(transaction, COMPANY, batch.namedCompanies);
  }

  // issued_at stays the earliest statement's time: an amendment does not issue a permit anew.
  private static final String PERMIT =
      """
      insert into record.permit as p (number, voyage, scope, office, terminal, issued_at, valid_until, containers,
        bills, cancelled, source, told_at, told_rank, told_tie, message)
      select distinct on (number) number, voyage, scope, office, terminal,
        min(told_at) over (partition by number), valid_until,
        nullif(containers, '{}'), nullif(bills, '{}'), cancelled, told_source, told_at, told_rank, told_tie,
        told_message
      from json_to_recordset(?::json)
        as f(number text, voyage text, scope text, office text, terminal text, valid_until timestamptz,
          containers text[], bills text[], cancelled boolean, told_source text,
          told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid)
      order by number, told_at desc, told_rank desc, told_tie desc
      on conflict (number) do update
      set (voyage, scope, office, terminal, valid_until, containers, bills, cancelled, source, told_at,
          told_rank, told_tie, message, issued_at)
        = (select w.voyage, w.scope, w.office, w.terminal, w.valid_until, w.containers, w.bills, w.cancelled,
            w.source, w.told_at, w.told_rank, w.told_tie, w.message, least(p.issued_at, excluded.issued_at)
          from (values
            (p.voyage, p.scope, p.office, p.terminal, p.valid_until, p.containers, p.bills, p.cancelled,
              p.source, p.told_at, p.told_rank, p.told_tie, p.message),
            (excluded.voyage, excluded.scope, excluded.office, excluded.terminal, excluded.valid_until,
              excluded.containers, excluded.bills, excluded.cancelled, excluded.source, excluded.told_at,
              excluded.told_rank, excluded.told_tie, excluded.message))
            as w(voyage, scope, office, terminal, valid_until, containers, bills, cancelled, source, told_at,
              told_rank, told_tie, message)
          order by w.told_at desc, w.told_rank desc, w.told_tie desc
          limit 1)
      """;

  private static final String EXAMINATION =
      """
      insert into record.examination as e (number, declaration, containers, method, office, result,
        packages_opened, findings, remark, cancelled, source, told_at, told_rank, told_tie, message,
        classification)
      select distinct on (number) number, declaration, containers, method, office, result,
        packages_opened, nullif(findings, '[]'), remark, cancelled, told_source, told_at, told_rank, told_tie,
        told_message, told_classification
      from json_to_recordset(?::json)
        as f(number text, declaration text, containers text[], method text, office text, result text,
          packages_opened integer, findings jsonb, remark text, cancelled boolean, told_source text,
          told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid,
          told_classification smallint)
      order by number, told_at desc, told_rank desc, told_tie desc
      on conflict (number) do update
      set declaration = excluded.declaration, containers = excluded.containers, method = excluded.method,
        office = excluded.office, result = excluded.result, packages_opened = excluded.packages_opened,
        findings = excluded.findings, remark = excluded.remark, cancelled = excluded.cancelled,
        source = excluded.source, told_at = excluded.told_at, told_rank = excluded.told_rank,
        told_tie = excluded.told_tie, message = excluded.message, classification = excluded.classification
      where (excluded.told_at, excluded.told_rank, excluded.told_tie)
        > (e.told_at, e.told_rank, e.told_tie)
      """;

  private static final String BONDED_CHECK =
      """
      insert into record.bonded_check as c (number, premises_number, premises_name, premises_kind, company, result,
        declarations, containers, items, remark, cancelled, source, told_at, told_rank, told_tie, message,
        classification)
      select distinct on (f.number) f.number, f.premises ->> 'number', f.premises ->> 'name',
        f.premises ->> 'kind', f.company, f.result, f.declarations, f.containers, nullif(f.items, '[]'),
        f.remark, f.cancelled, f.told_source, f.told_at, f.told_rank, f.told_tie, f.told_message,
        f.told_classification
      from json_to_recordset(?::json)
        as f(number text, premises jsonb, company text, result text, declarations text[], containers text[],
          items jsonb, remark text, cancelled boolean, told_source text,
          told_at timestamptz, told_rank smallint, told_tie bigint, told_message uuid,
          told_classification smallint)
      order by f.number, f.told_at desc, f.told_rank desc, f.told_tie desc
      on conflict (number) do update
      set premises_number = excluded.premises_number, premises_name = excluded.premises_name,
        premises_kind = excluded.premises_kind, company = excluded.company, result = excluded.result,
        declarations = excluded.declarations, containers = excluded.containers, items = excluded.items,
        remark = excluded.remark, cancelled = excluded.cancelled, source = excluded.source,
        told_at = excluded.told_at, told_rank = excluded.told_rank, told_tie = excluded.told_tie,
        message = excluded.message, classification = excluded.classification
      where (excluded.told_at, excluded.told_rank, excluded.told_tie)
        > (c.told_at, c.told_rank, c.told_tie)
      """;

  private static final String COMPANY =
      """
      insert into record.company as c (number, name)
      select number, (array_agg(row(told_at, told_rank, told_tie, name)::record.told_text
          order by told_at desc, told_rank desc, told_tie desc))[1]
      from json_to_recordset(?::json)
        as f(number text, name text, told_at timestamptz, told_rank smallint, told_tie bigint)
      group by number
      order by number
      on conflict (number) do update set name = excluded.name
      where (excluded.name) > (c.name)
      """;
}
