import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keep } from './keeping'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** What the worker gives to a page that asks. */
function asked(hear: ReturnType<typeof keep>): unknown {
  const given: unknown[] = []
  hear({ kind: 'recall' }, { postMessage: (what: unknown) => void given.push(what) } as MessagePort)
  return given[0]
}

test('what one page entrusted is given to the next, until its time is over', () => {
  const hear = keep()
  const what = { until: Date.now() + 60_000, account: 'me' }
  void hear({ kind: 'entrust', what })

  expect(asked(hear)).toEqual(what)
  vi.advanceTimersByTime(60_000)
  expect(asked(hear)).toBeUndefined()
})

test('what is revoked, or was over when it came, is not given', () => {
  const hear = keep()
  void hear({ kind: 'entrust', what: { until: Date.now() + 60_000 } })
  void hear({ kind: 'revoke' })
  expect(asked(hear)).toBeUndefined()

  void hear({ kind: 'entrust', what: { until: Date.now() - 1 } })
  expect(asked(hear)).toBeUndefined()
})

test('the worker stays for what it holds, and no longer', async () => {
  const hear = keep()
  let stayed = 0
  const leave = (): void => void stayed++
  void hear({ kind: 'entrust', what: { until: Date.now() + 3_600_000 } })?.then(leave)
  await vi.advanceTimersByTimeAsync(289_000)
  expect(stayed).toBe(0)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(stayed).toBe(1)

  void hear({ kind: 'entrust', what: { until: Date.now() + 3_600_000 } })?.then(leave)
  void hear({ kind: 'entrust', what: { until: Date.now() + 3_600_000 } })
  await vi.advanceTimersByTimeAsync(0)
  expect(stayed).toBe(2)
})

test('other messages are nothing to it', () => {
  const hear = keep()
  expect(hear(undefined)).toBeUndefined()
  expect(hear({ kind: 'other' } as never)).toBeUndefined()
})
