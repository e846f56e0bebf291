export type Holding = { role: string; scope: 'own' | 'all' }
export type Account = {
  id: string; account: string; nameZh: string; nameEn: string; unit: string; clearance: number; state: 'active' | 'ended'; source: string
  roles: Holding[]; locked: boolean; lastLoginAt?: string; version: number
}
export type AccountDetail = Account & {
  mail: string | null; tries: { place: string; fails: number; locked: boolean; lastAt: string }[]; sessions: number; refusedSince: number
  secondFactor: { demanded: boolean; methods: string[]; recoveryLeft: number }
}
export type Role = { code: string; name: string; grants: Record<string, string[]>; idleSeconds: number; sessionHours: number; secondFactor: boolean; version: number }
export type Roles = { functions: { code: string; name: string; levels: string[] }[]; roles: Role[] }
export type Request = {
  id: string; operation: string; title: string; lines: { label: string; value: string }[]; wish: string; requestedBy: string; requestedAt: string
  state: 'open' | 'approved' | 'refused' | 'withdrawn' | 'lapsed'; decidedBy?: string; decidedAt?: string; reason?: string; mine: boolean; mayDecide: boolean
}
