import type { Strokes } from './signature'
export type Named = { account: string; nameZh: string; nameEn: string }
export type Device = {
  id: string; serial: string; kind: 'pda' | 'tablet' | 'notebook'; model: string; unit: string; unitNameZh: string; unitNameEn: string; imei?: string; macs: string[]
  state: 'in-stock' | 'assigned' | 'in-repair' | 'lost' | 'retired'; holder?: Named; wipePending: boolean; version: number
  sim?: { id: string; iccid: string; msisdn: string; address: string; state: Sim['state'] }
  contact?: { at: string; agent: string; locked: boolean; tampered: boolean; battery?: number; silent: boolean }
  network?: { address: string; gateway: string; since: string; updatedAt: string }
  lastSession?: Named & { at: string; activeAt: string; live: boolean }
  loss?: { id: string; reportedAt: string }
}
export type Sim = { id: string; iccid: string; imsi: string; msisdn: string; address: string; unit: string; state: 'in-stock' | 'active' | 'blocked' | 'retired'; device?: { id: string; serial: string; state: string }; network?: Device['network']; version: number }
export type Command = { number: number; kind: string; by: string; at: string; endsAt?: string; sentAt?: string; sentTimes: number; answeredAt?: string; outcome?: 'done' | 'refused' | 'failed' | 'superseded'; answer?: string }
export type Certificate = { serial: string; issuedAt: string; endsAt: string; revokedAt?: string; revokedWhy?: string; holds: boolean }
export type HandOver = { id: string; kind: 'hand-out' | 'return'; giver: string; taker: string; at: string; giverSignature: Strokes; takerSignature: Strokes; accessories: string; condition: string }
export type Loan = { id: string; unit: string; since: string; until: string; agreedBy: string; endedAt?: string; inForce: boolean }
export type Event = { at: string; kind: string; by: string; details: Record<string, unknown> }
export type Step = { step: 'sessions' | 'certificates' | 'sim' | 'gateway' | 'wipe'; state: string; doneAt: string; acknowledgedAt?: string; sentAt?: string; attempts?: number; details: Record<string, unknown> }
export type Loss = { id: string; reportedBy: string; reportedAt: string; reason: string; foundAt?: string; foundBy?: string; foundReason?: string; steps: Step[] }
export type DeviceDetail = Device & {
  interfaces: { name: string; state: string; detail?: string }[]; pairings: { iccid: string; msisdn: string; since: string; until?: string }[]; events: Event[]; handOvers: HandOver[]; loans: Loan[]
  sessions: (Named & { at: string; activeAt: string; address: string; endedAt?: string; endedWhy?: string; live: boolean })[]
  networks: { id: string; gateway: string; address: string; imsi: string; since: string; updatedAt: string; endedAt?: string; endedWhy?: string; octetsIn: number; octetsOut: number }[]
  certificates: Certificate[]; commands: Command[]; losses: Loss[]
}
export type LossOfDevice = { device: { id: string; serial: string; state: string }; loss: Loss }
export type Own = { items: { id: string; serial: string; kind: string; model: string; state: string; current: boolean }[] }
export type ImportRow = { row: number; outcome: 'added' | 'known' | 'refused'; serial?: string; iccid?: string; faults?: { column: string; value: string; expected: string }[] }
export type ImportReport = { rows: number; added: number; known: number; refused: number; items: ImportRow[] }
export type Enrolment = { code: string; qr: string; endsAt: string }
