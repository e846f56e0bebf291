// Written by scripts/types.mjs from the platform’s openapi.json: change that, then run "npm run types".

/** What a number is the number of. */
export type RecordKind = 'container' | 'declaration' | 'bill' | 'voyage' | 'permit' | 'seal' | 'company' | 'examination' | 'bonded-check'

/** How a declaration is checked: not at all, its documents, its goods (M by hand, X by X-ray). */
export type Channel = 'C1' | 'C2' | 'C3' | 'C3M' | 'C3X'

export type Phase = 'lodged' | 'accepted' | 'documents' | 'examination' | 'valuation' | 'duty' | 'ready' | 'released' | 'out' | 'rejected' | 'withdrawn' | 'seized' | 'returned' | 'lapsed'

export type Waiting = 'acceptance' | 'channel' | 'documents' | 'examination' | 'valuation' | 'duty' | 'hold' | 'correction' | 'release' | 'gate-out'

export type MovementKind = 'discharge' | 'load' | 'gate-in' | 'gate-out' | 'transfer' | 'seal' | 'unseal'

/** Of a container number, by ISO 6346; none where it has no such number. */
export type CheckDigit = 'ok' | 'wrong' | 'none'

/** A number that can be asked for. */
export type Ref = {
  kind: RecordKind
  key: string
}

/** Where a container was last seen. */
export type Where = {
  place: string
  movement: MovementKind
  at: string
}

/** A person or company of the trade. */
export type Party = {
  name: string
  /** 統一編號 */
  company?: string
}

/** What the dossier is about. */
export type Subject = {
  kind: RecordKind
  key: string
  sizeType?: string
  checkDigit?: CheckDigit
  firstSeen?: string
  name?: string
}

/** Where it stands: what happened last and what is awaited. */
export type State = {
  /** The declaration's phase, or for a box: announced, arriving, departed, discharged, in-yard, loaded, in-clearance, released, out. */
  phase?: 'lodged' | 'accepted' | 'documents' | 'examination' | 'valuation' | 'duty' | 'ready' | 'released' | 'out' | 'rejected' | 'withdrawn' | 'seized' | 'returned' | 'lapsed' | 'announced' | 'arriving' | 'departed' | 'discharged' | 'in-yard' | 'loaded' | 'in-clearance'
  where?: Where
  waitingFor?: Waiting[]
  /** The step that comes next. */
  next?: 'lodged' | 'accepted' | 'rejected' | 'channel' | 'documents-asked' | 'documents-reviewed' | 'examination-assigned' | 'examined' | 'valued' | 'duty-assessed' | 'duty-paid' | 'guaranteed' | 'correction-asked' | 'corrected' | 'hold' | 'hold-lifted' | 'released' | 'release-cancelled' | 'withdrawn' | 'seized' | 'returned' | 'lapsed' | 'goods-out'
  /** The declaration that this is read from. */
  declaration?: string
  since?: string
}

/** One line of the timeline. */
export type Event = {
  at: string
  /** The movement, step or other event. */
  what: string
  of: 'movement' | 'step' | 'permit' | 'voyage' | 'examination' | 'bonded-check'
  ref: Ref
  place?: string
  value?: string
  reason?: string
  /** The system that said so. */
  source?: string
  /** The message that said so. */
  message?: string
}

/** One call of a vessel, or one flight on one date. */
export type VoyageRow = {
  key: string
  mode: 'sea' | 'air'
  imo?: string
  voyageNumber?: string
  flight?: string
  date?: string
  vesselName?: string
  /** 船隻掛號 */
  registration?: string
  carrier?: string
  loadPort?: string
  dischargePort?: string
  terminal?: string
  eta?: string
  ata?: string
  etd?: string
  atd?: string
}

/** One call of a vessel, or one flight on one date, as part of a dossier. */
export type Voyage = {
  key: string
  mode: 'sea' | 'air'
  imo?: string
  voyageNumber?: string
  flight?: string
  date?: string
  vesselName?: string
  /** 船隻掛號 */
  registration?: string
  carrier?: string
  loadPort?: string
  dischargePort?: string
  terminal?: string
  eta?: string
  ata?: string
  etd?: string
  atd?: string
  /** The manifest's document number. */
  manifest?: string
  /** The stowage cell of the first container of the dossier on it. */
  stowage?: string
}

/** Dangerous goods of a bill. */
export type Dangerous = {
  /** Class of the IMDG code. */
  hazardClass?: string
  unNumber?: string
}

/** A master or house bill, or air waybill. */
export type Bill = {
  key: string
  master: string
  house?: string
  voyage?: string
  goods?: string
  packages?: number
  packageUnit?: string
  grossKg?: number
  consignee?: Party
  consignor?: Party
  notify?: Party
  loadPort?: string
  dischargePort?: string
  placeOfDelivery?: string
  dangerous?: Dangerous[]
  containers?: string[]
  /** House bills under a master, at most 50. */
  houses?: string[]
  state: 'on-manifest' | 'withdrawn' | 'cancelled'
}

/** A consignment of a voyage. */
export type ManifestRow = {
  key: string
  master: string
  house?: string
  voyage: string
  goods?: string
  packages?: number
  packageUnit?: string
  grossKg?: number
  consignee?: Party
  loadPort?: string
  dischargePort?: string
  containers?: string[]
  state: 'on-manifest' | 'withdrawn' | 'cancelled'
}

/** A box, with what of the bill is in it. */
export type Container = {
  key: string
  sizeType?: string
  checkDigit: CheckDigit
  full?: boolean
  grossKg?: number
  packages?: number
  seals?: string[]
  where?: Where
}

/** One line of a declaration. */
export type Item = {
  line: number
  commodityCode: string
  description: string
  origin?: string
  quantity?: number
  unit?: string
  netKg?: number
  amount?: number
  currency?: string
}

/** A code with its text or amount. */
export type Detail = {
  code: string
  text?: string
  amount?: number
}

/** An amount. */
export type Money = {
  amount: number
  currency?: string
}

/** The duty memo in force. */
export type Duty = {
  memo?: string
  total?: number
  currency?: string
  due?: string
  taxes?: Detail[]
  /** Paid or guaranteed since. */
  settled: boolean
}

/** An open hold. */
export type Hold = {
  reference?: string
  reason?: string
  at: string
}

/** A declaration in a list. */
export type DeclarationRow = {
  key: string
  declarationKind?: string
  direction?: 'import' | 'export'
  office?: string
  trader?: Party
  channel?: Channel
  phase: Phase
  waitingFor: Waiting[]
  next?: 'lodged' | 'accepted' | 'rejected' | 'channel' | 'documents-asked' | 'documents-reviewed' | 'examination-assigned' | 'examined' | 'valued' | 'duty-assessed' | 'duty-paid' | 'guaranteed' | 'correction-asked' | 'corrected' | 'hold' | 'hold-lifted' | 'released' | 'release-cancelled' | 'withdrawn' | 'seized' | 'returned' | 'lapsed' | 'goods-out'
  lodgedAt?: string
  releasedAt?: string
  packages?: number
  packageUnit?: string
  grossKg?: number
  since?: string
  voyage?: string
}

/** A declaration in a dossier. */
export type Declaration = {
  key: string
  declarationKind?: string
  direction?: 'import' | 'export'
  office?: string
  trader?: Party
  channel?: Channel
  phase: Phase
  waitingFor: Waiting[]
  next?: 'lodged' | 'accepted' | 'rejected' | 'channel' | 'documents-asked' | 'documents-reviewed' | 'examination-assigned' | 'examined' | 'valued' | 'duty-assessed' | 'duty-paid' | 'guaranteed' | 'correction-asked' | 'corrected' | 'hold' | 'hold-lifted' | 'released' | 'release-cancelled' | 'withdrawn' | 'seized' | 'returned' | 'lapsed' | 'goods-out'
  lodgedAt?: string
  releasedAt?: string
  packages?: number
  packageUnit?: string
  grossKg?: number
  /** The customs broker. */
  declarant?: {
    name: string
    boxNumber?: string
  }
  counterparty?: string
  origin?: string
  invoice?: Money
  duty?: Duty
  holds?: Hold[]
  /** What customs asked for last. */
  missing?: Detail[]
  items?: Item[]
}

/** A discharge permit 卸貨准單. */
export type Permit = {
  key: string
  voyage: string
  scope: 'all' | 'part'
  office?: string
  terminal?: string
  issuedAt: string
  validUntil?: string
}

/** A discharge permit in a list. */
export type PermitRow = {
  key: string
  voyage: string
  scope: 'all' | 'part'
  office?: string
  terminal?: string
  issuedAt: string
  validUntil?: string
  vesselName?: string
  cancelled?: boolean
}

/** What happened to a container. */
export type Movement = {
  container: string
  movement: MovementKind
  at: string
  place: string
  placeTo?: string
  full?: boolean
  grossKg?: number
  seals?: string[]
  voyage?: string
  truck?: string
}

/** What an examination found. */
export type Finding = {
  code: string
  text: string
  line?: number
}

/** An examination of goods 驗貨. */
export type Examination = {
  key: string
  declaration: string
  containers?: string[]
  /** M by hand, X by X-ray. */
  method: 'M' | 'X'
  result: 'assigned' | 'conform' | 'discrepancy' | 'seized' | 'more'
  office?: string
  at: string
  packagesOpened?: number
  findings?: Finding[]
  remark?: string
}

/** Where bonded goods are kept. */
export type Premises = {
  number: string
  name: string
  kind: 'factory' | 'warehouse' | 'free-port'
}

/** Stock by the books against stock counted. */
export type Count = {
  description: string
  unit: string
  bookQuantity: number
  countedQuantity?: number
}

/** A check of bonded goods 保稅查核 in a list. */
export type BondedCheckRow = {
  key: string
  premises: Premises
  company: string
  result: 'planned' | 'conform' | 'discrepancy'
  at: string
  remark?: string
}

/** A check of bonded goods 保稅查核. */
export type BondedCheck = {
  key: string
  premises: Premises
  company: string
  result: 'planned' | 'conform' | 'discrepancy'
  at: string
  remark?: string
  items?: Count[]
}

/** A company that appears in the dossier. */
export type Company = {
  key: string
  name?: string | null
}

/** Where to go from here. */
export type Link = {
  rel: string
  kind: RecordKind
  key: string
  href: string
}

/** All that is known around one number; lists are newest first, and absent where empty. A list that is one longer than 50 (links 200, movements and timeline 100) goes on behind it. */
export type Dossier = {
  subject: Subject
  state: State
  timeline?: Event[]
  voyages?: Voyage[]
  bills?: Bill[]
  containers?: Container[]
  declarations?: Declaration[]
  permits?: Permit[]
  movements?: Movement[]
  examinations?: Examination[]
  bondedChecks?: BondedCheck[]
  companies?: Company[]
  links?: Link[]
  warnings?: 'check-digit-wrong'[]
}

/** One of the things that the number could be. */
export type Candidate = {
  kind: RecordKind
  key: string
  /** One line to tell it from the others. */
  about?: string
}

/** The number could be several things. */
export type Candidates = {
  candidates: Candidate[]
}

/** One page of a list. */
export type DeclarationRowPage = {
  items: DeclarationRow[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** One page of a list. */
export type PermitRowPage = {
  items: PermitRow[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** One page of a list. */
export type MovementPage = {
  items: Movement[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** One page of a list. */
export type BondedCheckRowPage = {
  items: BondedCheckRow[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** One page of a list. */
export type ExaminationPage = {
  items: Examination[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** One page of a list. */
export type VoyageRowPage = {
  items: VoyageRow[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** One page of a list. */
export type ManifestRowPage = {
  items: ManifestRow[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** One page of a list. */
export type MessagePage = {
  items: Message[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** Why a message is not applied, or what was left out of one that is. */
export type Reason = {
  code: string
  /** JSON pointer, or segment and element. */
  where: string
  position?: number
  offset?: number
  value?: string
  expected?: string
  /** A sentence in the reader's language. */
  text: string
}

/** What became of one message. */
export type MessageResult = {
  id: string
  position: number
  kind?: string
  reference?: string
  outcome: 'received' | 'applied' | 'known' | 'quarantined'
  reason?: Reason
  /** What of an applied message was left out or read over. */
  warnings?: Reason[]
}

/** What became of a transmission; of more than 100 messages only those with a reason or warnings are listed. */
export type TransmissionResult = {
  transmission: string
  received: number
  applied: number
  known: number
  quarantined: number
  messages: MessageResult[]
  /** CONTRL interchanges, where they were asked for. */
  control?: string[]
}

/** A message as it was received. */
export type Message = {
  id: string
  transmission: string
  position: number
  receivedAt: string
  sender: string
  carriedBy: string
  notation: 'json' | 'edifact'
  kind?: string
  reference?: string
  eventTime?: string
  outcome: 'received' | 'applied' | 'known' | 'quarantined'
  /** The message of which it is a repeat. */
  sameAs?: string
  reason?: Reason
  /** What of an applied message was left out or read over. */
  warnings?: Reason[]
  appliedAt?: string
  attempts: number
  bytes: number
}

/** A fact that a message told. */
export type ToldFact = {
  kind: string
  key: string
  what: string
  at: string
}

/** A message with its text and what it told. */
export type MessageDetail = {
  id: string
  transmission: string
  position: number
  receivedAt: string
  sender: string
  carriedBy: string
  notation: 'json' | 'edifact'
  kind?: string
  reference?: string
  eventTime?: string
  outcome: 'received' | 'applied' | 'known' | 'quarantined'
  /** The message of which it is a repeat. */
  sameAs?: string
  reason?: Reason
  /** What of an applied message was left out or read over. */
  warnings?: Reason[]
  appliedAt?: string
  attempts: number
  bytes: number
  /** At most 64 KB, read as UTF-8. */
  raw: string
  /** What of the interchange is needed to read it again. */
  context?: string
  facts: ToldFact[]
}

/** A name in both languages. */
export type Words = {
  zh: string
  en: string
}

/** Codes and their names. */
export type Table = Record<string, Words>

/** All code tables by name. */
export type Reference = {
  districts: Table
  offices: Table
  declarationKinds: Table
  ports: Table
  places: Table
  sizeTypes: Table
  packageUnits: Table
  taxes: Table
} & Record<string, Table>

/** Who is in. The members about work are there once the log-in is whole. */
export type Me = {
  id: string
  account: string
  name: string
  /** For the header X-CSRF-Token of every change. */
  csrf: string
  next: 'done' | 'second-factor' | 'enrol'
  /** Who keeps the password. */
  source: 'local' | 'ldap' | 'oidc'
  secondFactor: SecondFactor
  unit?: string
  district?: 'A' | 'B' | 'C' | 'D'
  clearance?: number
  roles?: string[]
  permissions?: string[]
  home?: string
  menu?: string[]
  session?: SessionTimes
  /** 256 bits in base64, for sealing what the device keeps. */
  offlineKey?: string
}

/** The kinds of JSON messages and the schemas that they share. */
export type SchemaList = {
  items: {
    kind: string
    href: string
  }[]
  shared: string[]
}

/** What happened. Texts are on one line; what would break it is written as \u{HEX}. */
export type AuditEntry = {
  id: string
  /** Place in the order, and leaf of the tree; absent in the first moment. */
  seq?: number
  /** The database's time. */
  at: string
  /** The time of the node that wrote it. */
  nodeAt: string
  act: string
  outcome: 'done' | 'refused'
  /** Why it was refused. */
  code?: string
  /** The account's id; empty where it is not known. */
  account: string
  /** The log-in name, also one that was only typed. */
  name: string
  unit: string
  device: string
  address: string
  session: string
  /** As container:CSQU3054383. */
  record?: string
  results?: number
  details: Record<string, unknown>
  correlation: string
}

/** One page of a list. */
export type AuditPage = {
  items: AuditEntry[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** So many entries have this root. */
export type Checkpoint = {
  size: number
  root: string
  at: string
  /** Ed25519 over the note's text. */
  signature: string
  keyId: string
}

/** One page of a list. */
export type CheckpointPage = {
  items: Checkpoint[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
}

/** An audit path (RFC 6962 §2.1.1); hashes in base64. */
export type InclusionProof = {
  entry: string
  leafIndex: number
  treeSize: number
  /** The bytes of the entry that are hashed (docs/audit-format.md). */
  leafInput: string
  leafHash: string
  /** From the leaf's neighbour to the root. */
  path: string[]
  rootHash: string
  /** The signed note (C2SP tlog-checkpoint). */
  checkpoint: string
}

/** An answer to a probe. */
export type Health = {
  status: 'live' | 'ready'
}

/** RFC 9457. The code is stable; the title is in the reader's language. Other members belong to the code: parameter, expected, limitBytes, allowed, available, transmission. */
export type Problem = {
  type: string
  code: string
  title: string
  status: number
  /** What finds this answer in the log. */
  correlation: string
  parameter?: string
  limitBytes?: number
  allowed?: string[]
  available?: string[]
}

export type UnknownKey = Problem & {
  key?: string
  /** What the number could have been. */
  readings?: RecordKind[]
  /** Numbers on record that are one slip away. */
  nearest?: Ref[]
}

export type SecondFactor = {
  demanded: boolean
  methods: string[]
  recoveryLeft: number
}

export type SessionTimes = {
  id: string
  idleSeconds: number
  lockAt: string
  endsAt: string
  /** The log-in before this one, and how many tries were refused since. */
  before?: {
    at?: string
    address?: string
    refused: number
  }
}

export type LogInWays = {
  methods: string[]
  /** The sign-on service, where there is one: what it is called, and where its button leads. */
  oidc?: {
    name: string
    href: string
  }
}

export type LogIn = {
  account: string
  password: string
}

export type LoggedIn = {
  next: 'done' | 'second-factor' | 'enrol'
  csrf: string
  /** Second factors that may be used. */
  methods: string[]
}

export type SetUp = {
  secret: string
  password: string
}

export type Done = {
  done: boolean
}

export type PasswordChange = {
  current: string
  password: string
}

/** One of them. An account of the sign-on service has no password: a code stands in its place, or signOn, that one has just signed on, for the first factor. */
export type Proof = {
  password?: string
  code?: string
  /** A WebAuthn assertion. */
  credential?: Record<string, unknown>
  signOn?: boolean
}

export type Unlocked = {
  csrf: string
}

export type Ended = {
  ended: number
}

export type SessionList = {
  items: {
    id: string
    current: boolean
    createdAt: string
    lastActiveAt: string
    endsAt: string
    address: string
    device: string
    agent: string
    locked: boolean
  }[]
}

export type Holding = {
  role: string
  scope: 'own' | 'all'
}

export type AccountPage = {
  items: {
    id: string
    account: string
    nameZh: string
    nameEn: string
    unit: string
    clearance: number
    state: 'active' | 'ended'
    source: 'local' | 'ldap' | 'oidc'
    /** Who it is at the directory or sign-on service that keeps its password. */
    subject?: string
    roles: Holding[]
    locked: boolean
    lastLoginAt?: string
    version: number
  }[]
  next: string | null
}

export type AccountDetail = {
  id: string
  account: string
  nameZh: string
  nameEn: string
  unit: string
  clearance: number
  state: 'active' | 'ended'
  source: 'local' | 'ldap' | 'oidc'
  /** Who it is at the directory or sign-on service that keeps its password. */
  subject?: string
  roles: Holding[]
  locked: boolean
  lastLoginAt?: string
  version: number
  mail: string | null
  tries: {
    place: string
    fails: number
    locked: boolean
    lastAt: string
  }[]
  sessions: number
  secondFactor: SecondFactor
  refusedSince: number
}

export type Roles = {
  functions: {
    code: string
    name: string
    levels: string[]
  }[]
  roles: {
    code: string
    name: string
    grants: Record<string, string[]>
    idleSeconds: number
    sessionHours: number
    secondFactor: boolean
    version: number
  }[]
}

export type Policy = {
  items: {
    code: string
    value: number
    least: number
    most: number
    unit: string
    name: string
    version: number
  }[]
}

export type Units = {
  items: {
    code: string
    parent?: string
    nameZh: string
    nameEn: string
    kind: 'headquarters' | 'district' | 'branch' | 'section' | 'team'
    district?: string
    version: number
  }[]
}

export type Line = {
  label: string
  value: string
}

export type Requests = {
  items: {
    id: string
    operation: string
    title: string
    lines: Line[]
    wish: string
    requestedBy: string
    requestedAt: string
    state: 'open' | 'approved' | 'refused' | 'withdrawn' | 'lapsed'
    decidedBy?: string
    decidedAt?: string
    reason?: string
    /** Where whoever asked gets what was agreed to. */
    result?: string
    mine: boolean
    mayDecide: boolean
  }[]
}

/** What the change would come to, and the nonce that confirms exactly this once. */
export type Draft = {
  confirmation: string
  seconds: number
  title: string
  lines: Line[]
  secondPerson: boolean
  passkey?: PasskeyRequest
}

/** done, or the id of the request that a second person decides about; and what the operation adds. */
export type OperationDone = {
  done?: boolean
  request?: string
  id?: string
  state?: string
}

export type CreateAccountInput = {
  account: string
  nameZh: string
  nameEn: string
  unit: string
  clearance: number
  mail?: string | null
  /** Who keeps its password; the platform itself (local) unless it says otherwise. */
  source?: 'local' | 'ldap' | 'oidc'
  /** Who it is there: the directory's attribute (the name of the account unless it says otherwise), or the claim sub of the sign-on service. */
  subject?: string | null
}

export type ChangeAccountInput = {
  nameZh: string
  nameEn: string
  unit: string
  clearance: number
  version: number
  mail?: string | null
}

export type EndAccountInput = {
  reason: string
}

export type UnlockAccountInput = {
  reason: string
}

export type ResetAccountInput = {
  reason: string
}

export type SetRolesInput = {
  roles: Holding[]
  reason: string
}

export type ChangeRoleInput = {
  grants: Record<string, string[]>
  idleSeconds: number
  sessionHours: number
  secondFactor: boolean
  version: number
  reason: string
}

export type ChangePolicyInput = {
  code: string
  value: number
  reason: string
}

export type MassExportInput = {
  /** The last part of the list's path. */
  list: 'flow' | 'declarations' | 'releases' | 'permits' | 'movements' | 'bonded-checks' | 'examinations' | 'voyages' | 'manifest'
  /** The list's own query parameters. */
  filters: Record<string, string>
  reason: string
}

export type AddUnitInput = {
  code: string
  parent: string
  nameZh: string
  nameEn: string
  kind: string
}

export type ChangeUnitInput = {
  nameZh: string
  nameEn: string
  version: number
}

export type DecideRequestInput = {
  approve: boolean
  reason: string
}

export type ReplayMessageInput = Record<string, unknown>

export type DevicePerson = {
  account: string
  nameZh: string
  nameEn: string
}

/** A session on the private APN that is there now. */
export type ApnLive = {
  address: string
  gateway: string
  since: string
  updatedAt: string
}

export type DeviceRow = {
  id: string
  serial: string
  kind: 'pda' | 'tablet' | 'notebook'
  model: string
  state: 'in-stock' | 'assigned' | 'in-repair' | 'lost' | 'retired'
  unit: string
  unitNameZh: string
  unitNameEn: string
  imei?: string
  macs: string[]
  version: number
  holder?: DevicePerson
  sim?: {
    id: string
    iccid: string
    msisdn: string
    address: string
    state: 'in-stock' | 'active' | 'blocked' | 'retired'
  }
  /** What its steward said last. */
  contact?: {
    at: string
    agent: string
    locked: boolean
    /** Locked only because it had not heard the platform for its lease. */
    lapsed: boolean
    tampered: boolean
    battery?: number
    /** Not heard of for longer than policy allows. */
    silent: boolean
  }
  network?: ApnLive
  lastSession?: {
    account: string
    nameZh: string
    nameEn: string
    at: string
    activeAt: string
    live: boolean
  }
  loss?: {
    id: string
    reportedAt: string
  }
  /** Told to wipe itself, and not proven that it did. */
  wipePending: boolean
}

export type DevicePage = {
  items: DeviceRow[]
  next: string | null
}

export type DeviceDetail = {
  id: string
  serial: string
  kind: 'pda' | 'tablet' | 'notebook'
  model: string
  state: 'in-stock' | 'assigned' | 'in-repair' | 'lost' | 'retired'
  unit: string
  unitNameZh: string
  unitNameEn: string
  imei?: string
  macs: string[]
  version: number
  holder?: DevicePerson
  sim?: {
    id: string
    iccid: string
    msisdn: string
    address: string
    state: 'in-stock' | 'active' | 'blocked' | 'retired'
  }
  /** What its steward said last. */
  contact?: {
    at: string
    agent: string
    locked: boolean
    /** Locked only because it had not heard the platform for its lease. */
    lapsed: boolean
    tampered: boolean
    battery?: number
    /** Not heard of for longer than policy allows. */
    silent: boolean
  }
  network?: ApnLive
  lastSession?: {
    account: string
    nameZh: string
    nameEn: string
    at: string
    activeAt: string
    live: boolean
  }
  loss?: {
    id: string
    reportedAt: string
  }
  /** Told to wipe itself, and not proven that it did. */
  wipePending: boolean
  interfaces: Record<string, unknown>[]
  /** The policy that holds for it, and how far that has come. */
  policy: {
    /** With those below it; not there for all. */
    unit?: string
    /** Not there for all. */
    kind?: 'pda' | 'tablet' | 'notebook'
    /** Names of interfaces; one that is not named is lock. */
    interfaces: Record<string, 'lock' | 'open' | 'shut'>
    lockHours: number
    wipeDays: number
    /** 0 for never. */
    idleSeconds: number
    /** Whether reports may say where it is. */
    position: boolean
    revision: number
    changedAt: string
    /** The revision that it was told last. */
    told?: number
    /** Of that order. */
    outcome?: 'done' | 'refused' | 'failed' | 'superseded' | 'expired'
    /** The revision that its steward says is in force; 0 for none. */
    inForce?: number
  }
  /** What it measured, the newest first. */
  reports: {
    at: string
    signalDbm?: number
    latencyMs?: number
    battery?: number
    latitude?: number
    longitude?: number
  }[]
  pairings: {
    iccid: string
    msisdn: string
    since: string
    until?: string
  }[]
  events: {
    at: string
    kind: string
    by: string
    details: Record<string, unknown>
  }[]
  handOvers: {
    id: string
    kind: 'hand-out' | 'return'
    at: string
    giver: string
    taker: string
    giverSignature: DrawnSignature
    takerSignature: DrawnSignature
    accessories: string
    condition: string
  }[]
  loans: {
    id: string
    unit: string
    since: string
    until: string
    endedAt?: string
    agreedBy: string
    inForce: boolean
  }[]
  sessions: {
    account: string
    nameZh: string
    nameEn: string
    at: string
    activeAt: string
    address: string
    endedAt?: string
    endedWhy?: string
    live: boolean
  }[]
  networks: {
    id: string
    gateway: string
    address: string
    imsi: string
    since: string
    updatedAt: string
    endedAt?: string
    endedWhy?: string
    octetsIn: number
    octetsOut: number
  }[]
  certificates: {
    serial: string
    issuedAt: string
    endsAt: string
    revokedAt?: string
    revokedWhy?: string
    holds: boolean
  }[]
  commands: {
    number: number
    kind: 'lock' | 'unlock' | 'message' | 'diagnostics' | 'policy' | 'wipe'
    by: string
    at: string
    endsAt?: string
    sentAt?: string
    sentTimes: number
    answeredAt?: string
    outcome?: 'done' | 'refused' | 'failed' | 'superseded' | 'expired' | 'waived'
    answer?: string
  }[]
  losses: Loss[]
}

/** Strokes of points within a square of 1000; 2,000 points at most. */
export type DrawnSignature = number[][][]

export type Loss = {
  id: string
  reportedAt: string
  reason: string
  reportedBy: string
  foundAt?: string
  foundBy?: string
  foundReason?: string
  steps: {
    step: 'sessions' | 'certificates' | 'sim' | 'gateway' | 'wipe'
    /** Acknowledged is what the gateway has answered, or the device under its own signature. */
    state: 'done' | 'nothing-to-do' | 'waiting' | 'sent' | 'acknowledged' | 'refused' | 'failed' | 'given-up' | 'waived'
    doneAt: string
    acknowledgedAt?: string
    sentAt?: string
    attempts?: number
    details: Record<string, unknown>
  }[]
}

export type DeviceLoss = {
  device: {
    id: string
    serial: string
    state: 'in-stock' | 'assigned' | 'in-repair' | 'lost' | 'retired'
  }
  loss: Loss
}

export type OwnDevices = {
  items: {
    id: string
    serial: string
    kind: 'pda' | 'tablet' | 'notebook'
    model: string
    state: 'in-stock' | 'assigned' | 'in-repair' | 'lost' | 'retired'
    /** The one that this session is on. */
    current: boolean
  }[]
}

export type SimPage = {
  items: {
    id: string
    iccid: string
    imsi: string
    msisdn: string
    address: string
    unit: string
    state: 'in-stock' | 'active' | 'blocked' | 'retired'
    version: number
    device?: {
      id: string
      serial: string
      state: 'in-stock' | 'assigned' | 'in-repair' | 'lost' | 'retired'
    }
    network?: ApnLive
  }[]
  next: string | null
}

/** What becomes of each row of a file. */
export type StockReport = {
  rows: number
  added: number
  known: number
  refused: number
  items: {
    /** As a spreadsheet counts: the names of the columns are row 1. */
    row: number
    outcome: 'added' | 'known' | 'refused'
    serial?: string
    iccid?: string
    faults?: {
      column: string
      value: string
      expected: string
    }[]
  }[]
}

export type StockDraft = {
  confirmation: string
  seconds: number
  title: string
  lines: Line[]
  secondPerson: boolean
  report: StockReport
  passkey?: PasskeyRequest
}

export type StockDone = {
  done: boolean
  report: StockReport
}

export type AddDeviceInput = {
  serial: string
  kind: 'pda' | 'tablet' | 'notebook'
  model?: string
  unit: string
  /** 15 digits with a right check digit; 14 are kept. */
  imei?: string | null
  /** In whatever form they are typed. */
  macs?: string[]
}

/** What is not given stays. */
export type ChangeDeviceInput = {
  version: number
  kind?: 'pda' | 'tablet' | 'notebook'
  model?: string
  unit?: string
  /** 15 digits with a right check digit; empty where it has none any more. */
  imei?: string | null
  /** In whatever form they are typed. */
  macs?: string[]
  reason: string
}

export type DeviceStateInput = {
  state: 'in-stock' | 'in-repair' | 'retired'
  reason: string
}

export type HandOutInput = {
  /** The account of an officer whose unit may use the device. */
  taker: string
  giverSignature: DrawnSignature
  takerSignature: DrawnSignature
  accessories?: string
  condition?: string
}

export type ReturnInput = {
  giverSignature: DrawnSignature
  takerSignature: DrawnSignature
  accessories?: string
  condition?: string
}

export type LendInput = {
  unit: string
  /** At most 180 days on. */
  until: string
  reason: string
}

export type EndLoanInput = {
  loan: string
  reason: string
}

export type ReasonInput = {
  reason: string
}

export type AddSimInput = {
  iccid: string
  imsi: string
  msisdn: string
  /** Its own on the private APN. */
  address: string
  unit: string
}

export type PairSimInput = {
  /** Where it is to sit; none, to take it out. */
  device?: string | null
  reason: string
}

export type SimStateInput = {
  state: 'in-stock' | 'active' | 'blocked' | 'retired'
  reason: string
}

export type ImportDevicesInput = {
  /** With columns serial, kind, unit and as wanted model, imei, macs, iccid, imsi, msisdn, address, in any order; 5,000 rows at most. */
  csv: string
  /** Its name. */
  file?: string
}

export type ImportSimsInput = {
  /** With columns iccid, imsi, msisdn, address, unit, in any order; 5,000 rows at most. */
  csv: string
  /** Its name. */
  file?: string
}

/** One of the three. */
export type SecondProof = {
  code?: string
  recovery?: string
  credential?: Record<string, unknown>
}

export type TotpSetup = {
  secret: string
  uri: string
}

export type TotpConfirm = {
  code: string
}

/** With what a finished log-in gives, where the log-in was waiting for it. */
export type TotpConfirmed = {
  recoveryCodes: string[]
  next?: string
  csrf?: string
  methods?: string[]
}

export type RecoveryAccountInput = {
  reason: string
}

/** PublicKeyCredentialRequestOptionsJSON (WebAuthn Level 3, section 5.5). */
export type PasskeyRequest = {
  rpId: string
  /** In base64url. */
  challenge: string
  /** In milliseconds. */
  timeout: number
  userVerification: 'required'
  allowCredentials: {
    type: 'public-key'
    /** In base64url. */
    id: string
  }[]
}

/** PublicKeyCredentialCreationOptionsJSON (WebAuthn Level 3, section 5.4). */
export type PasskeyCreation = {
  rp: {
    id: string
    name: string
  }
  user: {
    /** In base64url. */
    id: string
    name: string
    displayName: string
  }
  /** In base64url. */
  challenge: string
  pubKeyCredParams: {
    type: 'public-key'
    alg: number
  }[]
  timeout: number
  attestation: 'none'
  excludeCredentials: {
    type: 'public-key'
    /** In base64url. */
    id: string
  }[]
  authenticatorSelection: {
    residentKey: string
    requireResidentKey: boolean
    userVerification: string
  }
}

export type PasskeyProof = {
  /** What navigator.credentials gave, as PublicKeyCredential.toJSON() writes it. */
  credential: Record<string, unknown>
}

export type PasskeyNew = {
  name: string
  /** What navigator.credentials gave, as PublicKeyCredential.toJSON() writes it. */
  credential: Record<string, unknown>
}

export type Passkey = {
  id: string
  name: string
  createdAt: string
  lastUsedAt?: string
}

export type PasskeyList = {
  items: Passkey[]
}

export type NetworkZones = {
  items: {
    name: string
    /** The private APN of the field devices, or a network of the agency. */
    kind: 'apn' | 'office'
    /** Addresses, such as 10.20.0.0/16. */
    network: string
    /** Whether a device must show its certificate; of the APN always. */
    certificate: boolean
    version: number
  }[]
}

export type AddNetworkZoneInput = {
  name: string
  /** The private APN of the field devices, or a network of the agency. */
  kind: 'apn' | 'office'
  /** Addresses, such as 10.20.0.0/16. */
  network: string
  /** Whether a device must show its certificate; of the APN always. */
  certificate: boolean
  reason: string
}

export type RemoveNetworkZoneInput = {
  version: number
  reason: string
}

export type NetworkSessionPage = {
  items: {
    id: string
    gateway: string
    address: string
    imsi: string
    msisdn: string
    imeisv: string
    sim: string | null
    device: string | null
    serial: string | null
    unit: string | null
    since: string
    heardAt: string
    octetsIn: number
    octetsOut: number
  }[]
  next: string | null
}

export type NetworkRefusalPage = {
  items: {
    id: string
    at: string
    gateway: string
    reason: 'other-gateway' | 'other-apn' | 'wrong-password' | 'eap' | 'unknown-sim' | 'sim-not-active' | 'other-number' | 'unpaired' | 'device-lost' | 'device-not-assigned' | 'other-device' | 'other-address' | 'two-at-once'
    apn: string
    imsi: string
    msisdn: string
    imeisv: string
    sim: string | null
    device: string | null
    serial: string | null
  }[]
  next: string | null
}

export type GatewayList = {
  items: {
    name: string
    address: string
    apns: string[]
    /** Where its packets carry Message-Authenticator: first in all, anywhere in all, or in Access-Request alone. */
    signing: 'first' | 'anywhere' | 'access'
    /** Whether devices give a password for the access point. */
    password: boolean
    dynamicPort: number
    enabled: boolean
    version: number
    addedAt: string
    /** Sessions on it now. */
    live: number
    heardAt: string | null
  }[]
}

export type GatewayInput = {
  name: string
  /** IPv4 or IPv6; no other gateway has it. */
  address: string
  /** The access points that are ours; for others nobody is let in. */
  apns: string[]
  signing?: 'first' | 'anywhere' | 'access'
  dynamicPort?: number
  password?: string
}

export type GatewayDone = {
  done: boolean
  /** The shared secret, to be entered at the gateway; not there when the same request comes again. */
  secret?: string
}

export type DeviceEnrolment = {
  /** 16 characters of Crockford's base 32. */
  code: string
  /** PEM. */
  csr: string
  /** The maker's serial number. */
  serial: string
  macs: string[]
  agent: string
}

export type DeviceEnrolled = {
  device: string
  /** PEM. */
  certificate: string
  /** PEM. */
  authority: string
  /** Ed25519, SubjectPublicKeyInfo in base64: what commands are verified with. */
  commandKey: string
}

export type DeviceRenewal = {
  /** PEM. */
  csr: string
}

export type DeviceRenewed = {
  /** PEM. */
  certificate: string
}

export type DeviceAnswer = {
  number: number
  kind: 'lock' | 'unlock' | 'message' | 'diagnostics' | 'policy' | 'wipe'
  outcome: 'done' | 'refused' | 'failed'
  detail: string
  /** base64url. */
  signature: string
}

export type DeviceReport = {
  agent: string
  locked: boolean
  /** Locked only because it had not heard the platform for its lease: then the officer’s session is not locked with it. */
  lapsed?: boolean
  tampered: boolean
  /** The highest number of an order that it had carried out when it was like this. */
  carriedOut?: number
  /** The revision of the policy in force; 0 for none. */
  policy?: number
  macs: string[]
  interfaces: {
    name: string
    state: string
    detail?: string
  }[]
  battery?: number | null
  signalDbm?: number | null
  latencyMs?: number | null
  latitude?: number | null
  longitude?: number | null
}

export type DeviceReported = {
  time: string
  /** Seconds. */
  next: number
}

export type EnrolmentInput = {
  reason: string
}

export type EnrolmentCode = {
  done: boolean
  endsAt: string
  /** Told once: not there where the same idempotency key is asked again. */
  code?: string
  /** What the QR code holds; told once. */
  qr?: string
}

export type CommandInput = {
  kind: 'lock' | 'message' | 'diagnostics'
  /** Of a message. */
  text?: string
  reason: string
}

export type CommandGiven = {
  done: boolean
  number: number
}

/** Why an act cannot be done now. */
export type Bar = {
  code: string
  text: string
}

export type NextAct = {
  act: 'accept' | 'reject' | 'give-channel' | 'raise-channel' | 'lower-channel' | 'ask-documents' | 'review-documents' | 'assign-examination' | 'record-examination' | 'examine-by-hand' | 'examine-again' | 'value' | 'assess-duty' | 'ask-correction' | 'hold' | 'lift-hold' | 'seize' | 'send-back' | 'release' | 'cancel-release' | 'lodge-appeal' | 'dismiss-appeal' | 'grant-appeal'
  name: string
  need: 'clearance.act' | 'clearance.approve'
  /** Whether this officer holds the permission. */
  mine: boolean
  possible: boolean
  bars: Bar[]
  /** The core system that carries it out; not there where none is connected. */
  system?: string
  /** Whether this session is signed in there. */
  signedIn?: boolean
}

/** What an officer confirmed and a core system carries out. */
export type Command = {
  id: string
  declaration: string
  act: 'accept' | 'reject' | 'give-channel' | 'raise-channel' | 'lower-channel' | 'ask-documents' | 'review-documents' | 'assign-examination' | 'record-examination' | 'examine-by-hand' | 'examine-again' | 'value' | 'assess-duty' | 'ask-correction' | 'hold' | 'lift-hold' | 'seize' | 'send-back' | 'release' | 'cancel-release' | 'lodge-appeal' | 'dismiss-appeal' | 'grant-appeal'
  name: string
  /** What the act carries with it. */
  values: Record<string, unknown>
  system: string
  officer: string
  confirmedAt: string
  state: 'waiting' | 'sending' | 'sent' | 'unknown' | 'done' | 'refused' | 'parked' | 'given-up'
  attempts: number
  answeredAt?: string
  reference?: string
  /** The core system's own code. */
  code?: string
  /** The core system's own words, or why nobody knows. */
  answer?: string
}

export type NextActs = {
  declaration: string
  phase: string
  channel?: string
  /** Open holds, the newest first. */
  holds: {
    reference?: string
    reason?: string
    at: string
  }[]
  acts: NextAct[]
  commands: Command[]
  /** Another one as soon as the declaration stands otherwise: what is done without a network names it. */
  version: string
  standing: DeclarationNow
  /** Who has taken it on. */
  officer?: string
}

export type CommandPage = {
  items: Command[]
  next?: string
}

/** An act and its values: reason, channel, documents, method, result, packagesOpened, findings, amount, currency, taxes, hold, remark, as the act asks for. */
export type ActInput = {
  act: 'accept' | 'reject' | 'give-channel' | 'raise-channel' | 'lower-channel' | 'ask-documents' | 'review-documents' | 'assign-examination' | 'record-examination' | 'examine-by-hand' | 'examine-again' | 'value' | 'assess-duty' | 'ask-correction' | 'hold' | 'lift-hold' | 'seize' | 'send-back' | 'release' | 'cancel-release' | 'lodge-appeal' | 'dismiss-appeal' | 'grant-appeal'
}

export type ParkedInput = {
  reason: string
}

export type CoreSignIn = {
  user: string
  since: string
  until: string
}

export type CoreSignedIn = {
  /** as the system writes it */
  user: string
  until: string
}

export type CoreRecord = {
  system: string
  asOf: string
  /** false: the system is away, and this it said before */
  fresh: boolean
  /** the system's own data */
  record: Record<string, unknown>
}

export type CoreList = {
  items: CoreItem[]
}

export type CoreItem = {
  system: string
  title: string
  /** unknown: not asked since this node started */
  state: 'here' | 'away' | 'unknown'
  lastContactAt?: string
  /** since the last contact */
  ageSeconds?: number
  /** why the last question was not answered */
  why?: string
  /** left alone for a while, after failures in a row */
  resting: boolean
  /** it has answered about something else than was asked */
  alarm: boolean
  lastEventsAt?: string
  signIn?: CoreSignIn
}

export type CoreCredentials = {
  user: string
  /** passed on and kept nowhere */
  password: string
}

/** An open declaration in a work list. */
export type WorkRow = {
  key: string
  declarationKind?: string
  direction?: 'import' | 'export'
  office: string
  trader?: string
  channel?: Channel
  phase: Phase
  waitingFor: Waiting[]
  next?: 'lodged' | 'accepted' | 'rejected' | 'channel' | 'documents-asked' | 'documents-reviewed' | 'examination-assigned' | 'examined' | 'valued' | 'duty-assessed' | 'duty-paid' | 'guaranteed' | 'correction-asked' | 'corrected' | 'hold' | 'hold-lifted' | 'released' | 'release-cancelled' | 'withdrawn' | 'seized' | 'returned' | 'lapsed' | 'goods-out'
  /** Of the newest step. */
  since?: string
  /** By when the next step is to be done; not there for what has no such time. */
  dueAt?: string
  /** Who has taken it on. */
  officer?: string
  mine: boolean
}

/** One page of a work list, the most urgent first. */
export type WorkPage = {
  items: WorkRow[]
  /** Give it as after to get the next page; null at the end. */
  next: string | null
  /** How much there is in each view, without filters; 1000 stands for more, too. */
  counts: {
    waiting: number
    mine: number
    near: number
    unit: number
  }
}

/** Nothing besides the declaration. */
export type TakeInput = Record<string, unknown>

export type GiveInput = {
  /** Account name of an officer of the district. */
  officer: string
}

/** Where it was taken: degrees (WGS 84), and how well the device knew it, in metres. */
export type Position = {
  latitude: number
  longitude: number
  accuracy?: number
}

/** A photo of goods; it counts once it is whole. */
export type Photo = {
  id: string
  declaration: string
  /** SHA-256 of all its bytes. */
  sha256: string
  bytes: number
  /** Bytes that are there; the next piece begins here. */
  offset: number
  whole: boolean
  mediaType?: 'image/jpeg' | 'image/png' | 'image/webp'
  width?: number
  height?: number
  takenAt: string
  position?: Position
  officer: string
}

/** What a device says of a photo before it sends it. */
export type PhotoAnnouncement = {
  /** SHA-256 of all its bytes. */
  sha256: string
  bytes: number
  takenAt: string
  position?: Position
}

export type PhotoList = {
  items: Photo[]
}

/** Marks of origin on goods and packing; the country where it is another one. */
export type FormOrigin = {
  marks: 'as-declared' | 'other' | 'none' | 'not-checked'
  country?: string
  text?: string
}

export type FormRight = {
  outcome: 'none' | 'suspected' | 'not-checked'
  right?: string
}

export type FormCites = {
  outcome: 'none' | 'suspected' | 'permit-seen' | 'not-checked'
  species?: string
  permit?: string
}

/** What was found, by the form. It must fit together: findings make a discrepancy. */
export type ExaminationInput = {
  result: 'clear' | 'discrepancy' | 'sampled'
  packagesOpened: number
  sample?: {
    number: string
    quantity: string
    unit: string
    purpose?: string
  }
  quantities?: {
    line: number
    found: string
    unit: string
  }[]
  origin: FormOrigin
  intellectualProperty: FormRight
  cites: FormCites
  discrepancies?: {
    kind: 'description' | 'code' | 'quantity' | 'weight' | 'value' | 'origin' | 'undeclared' | 'other'
    line?: number
    text: string
    amount: string
    currency: string
  }[]
  remark?: string
  photos?: string[]
}

/** What an officer entered, with the differences computed. */
export type ExaminationForm = {
  result: 'clear' | 'discrepancy' | 'sampled'
  packagesOpened: number
  sample?: {
    number: string
    quantity: number
    unit: string
    purpose?: string
  }
  quantities?: {
    line: number
    found: number
    unit: string
    declared?: number
    difference?: number
  }[]
  origin: FormOrigin
  intellectualProperty: FormRight
  cites: FormCites
  discrepancies?: {
    kind: 'description' | 'code' | 'quantity' | 'weight' | 'value' | 'origin' | 'undeclared' | 'other'
    line?: number
    text: string
    amount: number
    currency: string
  }[]
  remark?: string
}

/** One examination: entered here, told by the core system, or both. */
export type DeclarationExamination = {
  key: string
  at: string
  of: 'officer' | 'core' | 'both'
  method?: 'M' | 'X'
  result: 'assigned' | 'conform' | 'discrepancy' | 'seized' | 'more' | 'clear' | 'sampled'
  office?: string
  packagesOpened?: number
  containers?: string[]
  findings?: Finding[]
  remark?: string
  officer?: string
  command?: {
    id: string
    state: 'waiting' | 'sending' | 'sent' | 'unknown' | 'done' | 'refused' | 'parked' | 'given-up'
    code?: string
    answer?: string
  }
  form?: ExaminationForm
  photos?: string[]
}

export type DeclarationExaminations = {
  items: DeclarationExamination[]
}

export type SimilarExamination = {
  key: string
  declaration: string
  at: string
  method: 'M' | 'X'
  result: 'conform' | 'discrepancy' | 'seized' | 'more'
  trader?: string
  packagesOpened?: number
  findings?: Finding[]
  same: ('importer' | 'code' | 'origin')[]
}

export type SimilarExaminations = {
  items: SimilarExamination[]
}

export type DevicePolicies = {
  items: {
    id: string
    /** With those below it; not there for all. */
    unit?: string
    /** Not there for all. */
    kind?: 'pda' | 'tablet' | 'notebook'
    /** Names of interfaces; one that is not named is lock. */
    interfaces: Record<string, 'lock' | 'open' | 'shut'>
    lockHours: number
    wipeDays: number
    /** 0 for never. */
    idleSeconds: number
    /** Whether reports may say where it is. */
    position: boolean
    revision: number
    changedAt: string
    changedBy: string
    /** By whoever asks. */
    changeable: boolean
  }[]
  /** What stewards know to shut. */
  interfaces: string[]
}

export type ChangeDevicePolicyInput = {
  /** Of the policy that is there for this unit and kind; 0 for none. */
  revision: number
  /** Names of interfaces; one that is not named is lock. */
  interfaces: Record<string, 'lock' | 'open' | 'shut'>
  lockHours: number
  wipeDays: number
  /** 0 for never, or 30 and more. */
  idleSeconds: number
  position: boolean
  reason: string
}

export type RemoveDevicePolicyInput = {
  revision: number
  reason: string
}

/** A bonded check to come, with the figures of the books. */
export type BondedPlanInput = {
  premises: string
  name: string
  kind: 'factory' | 'warehouse' | 'free-port'
  company: string
  plannedFor: string
  /** The account of who goes there. */
  officer: string
  items: {
    code: string
    description: string
    unit: string
    book: string
  }[]
}

export type BondedAnswer = {
  question: 'books-current' | 'documents-kept' | 'stored-apart' | 'labels-fit' | 'locks-whole' | 'cameras-record' | 'waste-handled'
  answer: 'yes' | 'no' | 'not-applicable'
  remark?: string
}

/** What was found on the spot. */
export type BondedCloseInput = {
  counts: {
    code: string
    counted: string
  }[]
  checklist: BondedAnswer[]
  remark?: string
  signer: string
  signature: DrawnSignature
}

export type BondedCount = {
  code: string
  description: string
  unit: string
  book: number
  counted: number
  difference: number
}

export type BondedVisitRow = {
  id: string
  premises: Premises
  company: string
  plannedFor: string
  officer: string
  state: 'planned' | 'closed'
  result?: 'conform' | 'discrepancy'
  closedAt?: string
}

/** A bonded check 保稅查核. */
export type BondedVisit = {
  id: string
  premises: Premises
  company: string
  plannedFor: string
  officer: string
  state: 'planned' | 'closed'
  result?: 'conform' | 'discrepancy'
  closedAt?: string
  items: {
    code: string
    description: string
    unit: string
    book: number
  }[]
  /** Whether the reader is the officer whom the plan names. */
  mine: boolean
  questions: {
    code: 'books-current' | 'documents-kept' | 'stored-apart' | 'labels-fit' | 'locks-whole' | 'cameras-record' | 'waste-handled'
    text: string
  }[]
  counts?: BondedCount[]
  checklist?: BondedAnswer[]
  signer?: string
  remark?: string
  reportSha256?: string
}

export type BondedVisitPage = {
  items: BondedVisitRow[]
  next?: string
}

/** One thing that was done without a network. */
export type DeferredItem = {
  /** Drawn on the device: its idempotency key. */
  id: string
  /** The device's own count; items come in its order. */
  sequence: number
  /** The name of the operation, as clearance.act. */
  kind: string
  /** The version of the record that the officer saw. */
  base?: string
  /** By the device's clock. */
  madeAt: string
  body: {
    /** Of the operation's path. */
    parameters?: Record<string, string>
    /** As the operation takes it. */
    input?: Record<string, unknown>
  } & Record<string, unknown>
}

export type BundleInput = {
  items: DeferredItem[]
}

/** How the record stands now, to be shown beside what was assumed. */
export type DeclarationNow = {
  phase?: string
  channel?: string
  lastStepAt?: string
  assigned?: boolean
  examined?: boolean
  valued?: boolean
  dutyAssessed?: boolean
  dutySettled?: boolean
  held?: boolean
  correcting?: boolean
  openAct?: string
  openOfficer?: string
  openSince?: string
} & Record<string, unknown>

export type BundleLooked = {
  id: string
  code?: string
  title?: string
  version?: string
  now?: DeclarationNow
  verdict: 'ready' | 'done' | 'conflict' | 'refused'
}

/** What the change would come to, and the nonce that confirms exactly this once. */
export type BundleDraft = {
  confirmation: string
  seconds: number
  title: string
  lines: Line[]
  secondPerson: boolean
  passkey?: PasskeyRequest
  /** Each item, also those that will not be done. */
  report: BundleLooked[]
}

export type BundleConfirmed = {
  done: boolean
  bundle: string
  items: number
}

export type BundleRan = {
  id: string
  code?: string
  title?: string
  version?: string
  now?: DeclarationNow
  result: 'done' | 'conflict' | 'refused'
  reply?: Record<string, unknown>
}

export type BundleResults = {
  items: BundleRan[]
}

export type BatchKeys = {
  keys: string[]
}

/** The newest flag for inspection. */
export type FlagState = {
  id: string
  kind?: 'document' | 'open' | 'x-ray' | 'canine'
  reason?: 'intelligence' | 'risk' | 'weight' | 'origin' | 'value' | 'drugs' | 'weapons' | 'intellectual-property' | 'cites' | 'image' | 'random'
  /** How far it came to the core system. */
  state: 'waiting' | 'sending' | 'sent' | 'unknown' | 'done' | 'refused' | 'parked' | 'given-up'
  /** How it ended; absent while it stands. */
  outcome?: 'inspected' | 'lifted' | 'lost'
  by: string
  at: string
  /** The core system's reason, unchanged. */
  code?: string
  answer?: string
}

export type BatchItem = {
  found: boolean
  /** What the number says of itself: its check digit is wrong, or it is no number. */
  check?: 'wrong' | 'unreadable'
  /** Of several the one that matters most. */
  declaration?: string
  declarations?: number
  bill?: string
  phase?: string
  channel?: string
  releasedAt?: string
  held?: boolean
  dangerous?: boolean
  flag?: FlagState
  /** That were put on it so far. */
  flags?: number
  /** Released and flagged both: which of them the core system let win. */
  conflict?: 'undecided' | 'flagged' | 'released'
  goods?: string
  consignee?: string
  origin?: string
  manifestKg?: number
  declaredKg?: number
}

export type BatchAnswer = {
  items: BatchItem[]
}

export type FlagInput = {
  keys: string[]
  kind: 'document' | 'open' | 'x-ray' | 'canine'
  reason: 'intelligence' | 'risk' | 'weight' | 'origin' | 'value' | 'drugs' | 'weapons' | 'intellectual-property' | 'cites' | 'image' | 'random'
  priority: number
  note?: string
}

export type FlagResult = {
  key: string
  result: 'flagged' | 'already-flagged' | 'already-released' | 'closed' | 'unknown'
  declaration?: string
  flag?: string
  /** Of several declarations. */
  flagged?: number
  declarations?: number
}

export type FlagsDone = {
  done: boolean
  flagged: number
  /** SHA-256 of the list, as the audit has it. */
  list: string
  items: FlagResult[]
}

export type LiftInput = {
  reason: string
}

export type HandOverItem = {
  key: string
  note?: string
}

export type HandOverInput = {
  /** The colleague's account. */
  to: string
  note?: string
  items: HandOverItem[]
}

export type HandedBatch = {
  id: string
  from: string
  to: string
  /** Given by oneself. */
  mine: boolean
  note?: string
  count: number
  givenAt: string
}

export type HandedBatchList = {
  items: HandedBatch[]
}

export type HandedBatchDetail = {
  id: string
  from: string
  to: string
  /** Given by oneself. */
  mine: boolean
  note?: string
  count: number
  givenAt: string
  items: HandOverItem[]
}
