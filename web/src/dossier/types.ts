/** The dossier as the platform sends it (see its OpenAPI file). */
export type Ref = { kind: string; key: string }
export type Candidate = Ref & { about?: string }
export type Place = { place: string; movement: string; at: string }
export type Party = { name: string; company?: string; boxNumber?: string }
export type Event = {
  at: string; what: string; of: string; ref: Ref; place?: string; value?: string; reason?: string; source?: string; message?: string
}
export type Voyage = {
  key: string; mode: 'sea' | 'air'; imo?: string; voyageNumber?: string; flight?: string; date?: string; vesselName?: string
  registration?: string; carrier?: string; loadPort?: string; dischargePort?: string; terminal?: string
  eta?: string; ata?: string; etd?: string; atd?: string; manifest?: string; stowage?: string
}
export type Bill = {
  key: string; master: string; house?: string; voyage: string; goods?: string; packages?: number; packageUnit?: string
  grossKg?: number; consignee?: Party; consignor?: Party; notify?: Party; loadPort?: string; dischargePort?: string
  placeOfDelivery?: string; dangerous?: { hazardClass?: string; unNumber?: string }[]
  containers?: string[]; houses?: string[]; state: 'on-manifest' | 'withdrawn' | 'cancelled'
}
export type Container = {
  key: string; sizeType?: string; checkDigit: string; full?: boolean; grossKg?: number; packages?: number; seals?: string[]; where?: Place
}
export type Item = {
  line: number; commodityCode: string; description: string; origin?: string; quantity?: number; unit?: string
  netKg?: number; amount?: number; currency?: string
}
export type Declaration = {
  key: string; declarationKind?: string; direction?: 'import' | 'export'; office: string; trader?: Party; declarant?: Party
  counterparty?: string; channel?: string; phase: string; waitingFor: string[]; next?: string; lodgedAt?: string; releasedAt?: string
  origin?: string; packages?: number; packageUnit?: string; grossKg?: number; invoice?: { amount: number; currency?: string }
  duty?: { memo?: string; total?: number; currency?: string; due?: string; settled: boolean; taxes?: { code: string; amount?: number }[] }
  holds?: { reference?: string; reason?: string; at: string }[]; missing?: { code: string; text?: string }[]; items?: Item[]
}
export type Permit = { key: string; voyage: string; scope: string; office?: string; terminal?: string; issuedAt: string; validUntil?: string }
export type Movement = {
  container: string; movement: string; at: string; place: string; placeTo?: string; full?: boolean; grossKg?: number
  seals?: string[]; voyage?: string; truck?: string
}
export type Examination = {
  key: string; declaration: string; containers?: string[]; method: 'M' | 'X'; result: string; office?: string; at: string
  packagesOpened?: number; findings?: { code: string; text: string; line?: number }[]; remark?: string
}
export type BondedCheck = {
  key: string; premises: { number: string; name: string; kind: string }; company: string; result: string; at: string
  items?: { description: string; unit: string; bookQuantity: number; countedQuantity?: number }[]; remark?: string
}
export type Dossier = {
  subject: Ref & { sizeType?: string; checkDigit?: string; firstSeen?: string; name?: string }
  state: { phase?: string; where?: Place; waitingFor?: string[]; next?: string; declaration?: string; since?: string }
  timeline?: Event[]; voyages?: Voyage[]; bills?: Bill[]; containers?: Container[]; declarations?: Declaration[]; permits?: Permit[]
  movements?: Movement[]; examinations?: Examination[]; bondedChecks?: BondedCheck[]; companies?: { key: string; name: string }[]
  links?: (Ref & { rel: string; href: string })[]; warnings?: string[]; more?: string[]; asOf?: string
}
export type Found = Dossier | { candidates: Candidate[] }
