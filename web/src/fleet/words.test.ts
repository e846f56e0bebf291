import { expect, test } from 'vitest'
import type { Command, DeviceDetail } from './types'
import { factsOf, grouped, imei, interfaceOf, policyStanding, rulesOf, standingOf } from './words'

const NOW = Date.parse('2026-11-25T10:00:00Z')
const command = (more: Partial<Command>): Command => ({ number: 1, kind: 'message', by: 'someone', at: '2026-11-25T09:00:00Z', sentTimes: 0, ...more })
const text = (more: Partial<Command>): string => standingOf(command(more), NOW).text

test('a command is said to have come no further than is known', () => {
  expect(text({})).toBe('commandState.waiting')
  expect(text({ sentAt: '2026-11-25T09:00:01Z', sentTimes: 1 })).toBe('commandState.sent')
  expect(text({ sentAt: '2026-11-25T09:00:01Z', outcome: 'done', answeredAt: '2026-11-25T09:00:02Z' })).toBe('commandState.done')
  expect(text({ outcome: 'refused' })).toBe('commandState.refused')
  expect(text({ outcome: 'failed' })).toBe('commandState.failed')
  expect(text({ outcome: 'superseded' })).toBe('commandState.superseded')
})

test('what may not be carried out any more has lapsed, sent or not; what was answered in time has not', () => {
  const endsAt = '2026-11-25T09:59:59Z'
  expect(text({ endsAt })).toBe('commandState.lapsed')
  expect(text({ endsAt, sentAt: '2026-11-25T09:00:01Z' })).toBe('commandState.lapsed')
  expect(text({ endsAt, outcome: 'done' })).toBe('commandState.done')
})

test('an IMEI gets the check digit that is printed on the device', () => {
  expect(imei('49015420323751')).toBe('490154203237518')
  expect(imei('35693803564380')).toBe('356938035643809')
})

test('long numbers come in groups', () => {
  expect(grouped('8988601234567890123')).toBe('8988 6012 3456 7890 123')
  expect(grouped('')).toBe('')
})

const policy = (more: Partial<DeviceDetail['policy']>): DeviceDetail['policy'] => ({
  revision: 7, interfaces: { 'usb-storage': 'shut', wlan: 'open' }, lockHours: 8, wipeDays: 30, idleSeconds: 90, position: false, changedAt: '2026-11-25T09:00:00Z', ...more,
})

test('a policy is in force when its device says so, and not because it was sent', () => {
  expect(policyStanding(policy({})).text).toBe('devicePolicy.notYet')
  expect(policyStanding(policy({ told: 7, outcome: 'done' })).text).toBe('devicePolicy.notYet')
  expect(policyStanding(policy({ told: 7, outcome: 'done', inForce: 6 })).text).toBe('devicePolicy.older')
  expect(policyStanding(policy({ told: 7, outcome: 'refused', inForce: 6 })).text).toBe('devicePolicy.refused')
  expect(policyStanding(policy({ told: 6, outcome: 'refused', inForce: 6 })).text).toBe('devicePolicy.older')
  expect(policyStanding(policy({ told: 7, outcome: 'done', inForce: 7 })).text).toBe('devicePolicy.inForce')
})

test('an interface that a policy does not name is shut while the device is locked', () => {
  const rules = rulesOf(policy({}), ['network', 'usb-storage', 'wlan'])
  expect(rules.map(([, value]) => value)).toEqual([interfaceOf('network'), interfaceOf('wlan'), interfaceOf('usb-storage')])
  expect(factsOf(policy({})).map(([, value]) => value)).toContain('1.5')
})
