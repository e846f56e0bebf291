type Of = { id: string; serial: string }
export type NetworkSession = { id: string; gateway: string; address: string; imsi: string; imeisv: string; msisdn: string; since: string; updatedAt: string; endedAt?: string; endedWhy?: string; octetsIn: number; octetsOut: number; device?: Of; sim?: { id: string; iccid: string } }
export type Refusal = { id: string; at: string; gateway: string; reason: string; apn: string; imsi: string; msisdn: string; imeisv: string; device?: Of; sim?: { id: string; iccid: string } }
export type Gateway = { name: string; address: string; apns: string[]; signing: string; dynamicPort: number; enabled: boolean }
export type Zone = { name: string; kind: 'apn' | 'office'; network: string; certificate: boolean; version: number }
