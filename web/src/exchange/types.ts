export type Reason = { code: string; where?: string; position?: number; offset?: number; value?: string; expected?: string; text: string }
export type Listed = {
  id: string; receivedAt: string; sender: string; notation: string; kind?: string; reference?: string; eventTime?: string
  outcome: 'received' | 'applied' | 'known' | 'quarantined'; reason?: Reason; attempts: number; bytes: number; position: number
}
export type Shown = Listed & { raw: string; context?: string; facts?: { subject: string; key: string; what: string; at: string }[] }
