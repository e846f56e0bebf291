import type { BondedCheckRow, DeclarationRow, Examination, ManifestRow, Movement, PermitRow, VoyageRow } from '../base/api-types'
import type { TextKey } from '../base/i18n.svelte'

/** What each list shows and by what it can be narrowed; the platform's lists have the same names. */
export type Kind = 'key' | 'text' | 'moment' | 'kg' | 'count' | 'phase' | 'step' | 'channel' | 'movement' | 'result' | 'place' | 'port' | 'office' | 'waits' | 'method' | 'state' | 'scope' | 'premises'
export type Column = { member: string; text: TextKey; kind: Kind; of?: string }
export type Filter = { name: string; text: TextKey; kind: 'text' | 'date' | 'choice'; choices?: string[]; words?: 'phase' | 'channel' | 'movement' | 'result' | 'wait' | 'kind' }
export type List = { title: TextKey; columns: Column[]; filters: Filter[] }

/** A member of a row, or of an object in it. */
type Member<Row> = { [M in keyof Row & string]: NonNullable<Row[M]> extends string | number | boolean | unknown[] ? M : `${M}.${keyof NonNullable<Row[M]> & string}` }[keyof Row & string]
/** Columns that the rows of a list really have. */
const of = <Row>(columns: (Column & { member: Member<Row> })[]): Column[] => columns

const PHASES = ['lodged', 'accepted', 'documents', 'examination', 'valuation', 'duty', 'ready', 'released', 'out']
const CHANNELS = ['C1', 'C2', 'C3M', 'C3X']
const dates: Filter[] = [
  { name: 'from', text: 'filter.from', kind: 'date' },
  { name: 'to', text: 'filter.to', kind: 'date' },
]
const district: Filter = { name: 'district', text: 'filter.district', kind: 'choice', choices: ['A', 'B', 'C', 'D'] }
const channel: Filter = { name: 'channel', text: 'filter.channel', kind: 'choice', choices: CHANNELS, words: 'channel' }
const trader: Filter = { name: 'trader', text: 'filter.company', kind: 'text' }
const phase: Filter = { name: 'phase', text: 'filter.phase', kind: 'choice', choices: PHASES, words: 'phase' }
const waiting: Filter = { name: 'waiting', text: 'filter.waiting', kind: 'choice', choices: ['acceptance', 'channel', 'documents', 'examination', 'valuation', 'duty', 'hold', 'release', 'gate-out'], words: 'wait' }

const declaration = of<DeclarationRow>([
  { member: 'key', text: 'kind.declaration', kind: 'key', of: 'declaration' },
  { member: 'phase', text: 'filter.phase', kind: 'phase' },
  { member: 'channel', text: 'filter.channel', kind: 'channel' },
  { member: 'waitingFor', text: 'filter.waiting', kind: 'waits' },
  { member: 'trader.name', text: 'field.trader', kind: 'text' },
  { member: 'office', text: 'field.office', kind: 'office' },
  { member: 'lodgedAt', text: 'field.lodged', kind: 'moment' },
  { member: 'releasedAt', text: 'field.released', kind: 'moment' },
  { member: 'grossKg', text: 'field.gross', kind: 'kg' },
])

export const LISTS: Record<string, List> = {
  flow: { title: 'nav.flow', columns: declaration, filters: [district, channel, phase, waiting, trader, ...dates] },
  declarations: {
    title: 'nav.declarations', columns: declaration,
    filters: [{ name: 'container', text: 'kind.container', kind: 'text' }, { name: 'bill', text: 'kind.bill', kind: 'text' }, district, channel, phase, trader, ...dates],
  },
  releases: {
    title: 'nav.releases', columns: declaration.filter((column) => column.member !== 'waitingFor'),
    filters: [district, channel, { name: 'direction', text: 'filter.direction', kind: 'choice', choices: ['import', 'export'] }, ...dates],
  },
  permits: {
    title: 'nav.permits',
    columns: of<PermitRow>([
      { member: 'key', text: 'kind.permit', kind: 'key', of: 'permit' }, { member: 'vesselName', text: 'field.vessel', kind: 'text' },
      { member: 'voyage', text: 'kind.voyage', kind: 'key', of: 'voyage' }, { member: 'scope', text: 'field.scope', kind: 'scope' },
      { member: 'terminal', text: 'field.terminal', kind: 'place' }, { member: 'issuedAt', text: 'field.issued', kind: 'moment' }, { member: 'validUntil', text: 'field.valid', kind: 'moment' },
    ]),
    filters: [{ name: 'office', text: 'field.office', kind: 'text' }, ...dates],
  },
  movements: {
    title: 'nav.movements',
    columns: of<Movement>([
      { member: 'container', text: 'kind.container', kind: 'key', of: 'container' }, { member: 'movement', text: 'field.movement', kind: 'movement' },
      { member: 'at', text: 'field.time', kind: 'moment' }, { member: 'place', text: 'field.place', kind: 'place' },
      { member: 'voyage', text: 'kind.voyage', kind: 'key', of: 'voyage' }, { member: 'grossKg', text: 'field.gross', kind: 'kg' },
    ]),
    filters: [
      { name: 'container', text: 'kind.container', kind: 'text' }, { name: 'place', text: 'field.place', kind: 'text' },
      { name: 'movement', text: 'field.movement', kind: 'choice', choices: ['discharge', 'load', 'gate-in', 'gate-out', 'transfer', 'seal', 'unseal'], words: 'movement' }, ...dates,
    ],
  },
  'bonded-checks': {
    title: 'nav.bondedChecks',
    columns: of<BondedCheckRow>([
      { member: 'key', text: 'kind.bonded-check', kind: 'key', of: 'bonded-check' }, { member: 'premises.name', text: 'field.premises', kind: 'text' },
      { member: 'company', text: 'kind.company', kind: 'key', of: 'company' }, { member: 'result', text: 'field.result', kind: 'result' }, { member: 'at', text: 'field.time', kind: 'moment' },
    ]),
    filters: [{ name: 'company', text: 'filter.company', kind: 'text' }, { name: 'result', text: 'field.result', kind: 'choice', choices: ['planned', 'conform', 'discrepancy'], words: 'result' }, ...dates],
  },
  examinations: {
    title: 'nav.examinations',
    columns: of<Examination>([
      { member: 'key', text: 'kind.examination', kind: 'key', of: 'examination' }, { member: 'declaration', text: 'kind.declaration', kind: 'key', of: 'declaration' },
      { member: 'method', text: 'field.method', kind: 'method' }, { member: 'result', text: 'field.result', kind: 'result' }, { member: 'at', text: 'field.time', kind: 'moment' }, { member: 'office', text: 'field.office', kind: 'office' },
    ]),
    filters: [{ name: 'result', text: 'field.result', kind: 'choice', choices: ['assigned', 'conform', 'discrepancy', 'seized', 'more'], words: 'result' }, { name: 'office', text: 'field.office', kind: 'text' }, ...dates],
  },
  voyages: {
    title: 'nav.voyages',
    columns: of<VoyageRow>([
      { member: 'vesselName', text: 'field.vessel', kind: 'text' }, { member: 'key', text: 'kind.voyage', kind: 'key', of: 'voyage' },
      { member: 'loadPort', text: 'field.loadPort', kind: 'port' }, { member: 'dischargePort', text: 'field.dischargePort', kind: 'port' },
      { member: 'eta', text: 'field.eta', kind: 'moment' }, { member: 'ata', text: 'field.ata', kind: 'moment' }, { member: 'registration', text: 'field.registration', kind: 'key', of: 'voyage' },
    ]),
    filters: [
      { name: 'q', text: 'filter.vessel', kind: 'text' }, { name: 'mode', text: 'filter.mode', kind: 'choice', choices: ['sea', 'air'] },
      { name: 'port', text: 'field.dischargePort', kind: 'text' }, ...dates,
    ],
  },
  manifest: {
    title: 'nav.manifest',
    columns: of<ManifestRow>([
      { member: 'key', text: 'kind.bill', kind: 'key', of: 'bill' }, { member: 'goods', text: 'field.goods', kind: 'text' },
      { member: 'consignee.name', text: 'field.consignee', kind: 'text' }, { member: 'packages', text: 'field.packages', kind: 'count' },
      { member: 'grossKg', text: 'field.gross', kind: 'kg' }, { member: 'containers', text: 'section.containers', kind: 'key', of: 'container' }, { member: 'state', text: 'field.state', kind: 'state' },
    ]),
    filters: [],
  },
}
