-- Goods into bond owe nothing yet, and transit is neither valued nor taxed: such declarations did wait for a duty that nobody
-- may assess. From now on the settling knows (DeclarationStore); this does the same for those that wait already.
update record.declaration
set phase = 'ready', next_step = 'released', waiting_for = array_replace(array_replace(waiting_for, 'duty', 'release'), 'valuation', 'release')
where direction is distinct from 'export'
  and (phase = 'duty' and declaration_kind in ('D8', 'B6', 'F1')
    or phase in ('valuation', 'duty') and declaration_kind in ('T1', 'T2'));
