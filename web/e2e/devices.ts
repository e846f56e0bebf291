import { confirmed } from './newcomer'
import { ask, unique, type Signed } from './world'

/** Devices and SIMs made for one spec, with numbers that no other has. */
let made = 0
const serial = (): number => Number(String(Date.now()).slice(-7)) * 1000 + (made++ % 1000)
const digits = (n: number, length: number): string => String(n).padStart(length, '0').slice(-length)

/** With its check digit (ISO/IEC 7812-1). */
function luhn(number: string): string {
  const sum = [...number].reverse().reduce((total, digit, i) => {
    const weighted = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return number + String((10 - (sum % 10)) % 10)
}

export const anImei = (): string => luhn('35' + digits(serial(), 12))

export function simNumbers(): { iccid: string; imsi: string; msisdn: string; address: string } {
  const n = serial()
  return { iccid: luhn('89886' + digits(n, 13)), imsi: '46692' + digits(n, 10), msisdn: '8869' + digits(n, 8), address: `10.${64 + ((n >> 16) & 63)}.${(n >> 8) & 255}.${n & 255}` }
}

export type Made = { id: string; serial: string }

export async function aDevice(more: { unit?: string; kind?: string; model?: string; imei?: string } = {}, as?: Signed): Promise<Made> {
  const serial = unique('PDA-')
  const { id = '' } = await confirmed('/api/v1/devices', { serial, kind: 'pda', model: 'TC58', unit: 'A', imei: anImei(), macs: [], ...more }, as)
  return { id, serial }
}

export async function aSimIn(device: Made): Promise<{ id: string; iccid: string; imsi: string; msisdn: string; address: string }> {
  const numbers = simNumbers()
  const { id = '' } = await confirmed('/api/v1/sims', { ...numbers, unit: 'A' })
  await confirmed(`/api/v1/sims/${id}/state`, { state: 'active', reason: 'a new one' })
  await confirmed(`/api/v1/sims/${id}/pair`, { device: device.id, reason: 'a new one' })
  return { id, ...numbers }
}

export const DRAWN = [[[100, 300], [400, 100], [700, 300]]]

export const handedOut = (device: Made, taker: string): Promise<unknown> =>
  confirmed(`/api/v1/devices/${device.id}/hand-out`, { taker, accessories: 'charger', condition: 'as new', giverSignature: DRAWN, takerSignature: DRAWN })

export const stateOf = async (device: Made, as: Signed): Promise<string> => (await ask<{ state: string }>(`/api/v1/devices/${device.id}`, as)).state
