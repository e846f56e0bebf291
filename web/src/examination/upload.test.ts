import { afterEach, expect, it, vi } from 'vitest'
import { sha256, upload, type Shot } from './upload'

/** A platform that takes pieces as the real one does, on a line that breaks when it is told to. */
function platform(size: number): { requests: string[]; have: () => number; breakAfter: (pieces: number) => void } {
  const requests: string[] = []
  let have = 0
  let left = Infinity
  const photo = (): object => ({ id: 'p', offset: have, whole: have === size })
  vi.stubGlobal('fetch', async (path: string, options: { body: Blob | string }) => {
    requests.push(path)
    if (typeof options.body === 'string') return new Response(JSON.stringify(photo()))
    if (left-- <= 0) throw new TypeError('broken')
    const at = Number(path.split('offset=')[1])
    if (at > have) return new Response(JSON.stringify({ code: 'photo-offset', offset: have, status: 409, title: '' }), { status: 409 })
    have = Math.max(have, at + options.body.size)
    return new Response(JSON.stringify(photo()))
  })
  return { requests, have: () => have, breakAfter: (pieces) => void (left = pieces) }
}

const shot = (size: number): Shot => ({ declaration: 'AA  9912345678', bytes: new Blob([new Uint8Array(size)]), sha256: '0'.repeat(64), takenAt: '2026-11-25T01:30:00Z' })

afterEach(() => vi.unstubAllGlobals())

it('sends piece after piece until the photo is whole', async () => {
  const { requests, have } = platform(600_000)
  const seen: number[] = []

  expect((await upload(shot(600_000), (offset) => seen.push(offset))).kind).toBe('whole')

  expect(have()).toBe(600_000)
  expect(requests).toHaveLength(4)
  expect(requests[0]).toBe('/api/v1/declarations/AA%20%209912345678/photos')
  expect(seen).toEqual([0, 262_144, 524_288, 600_000])
})

it('says how far it came when the line breaks, and goes on from there', async () => {
  const there = platform(600_000)
  there.breakAfter(1)
  expect(await upload(shot(600_000))).toEqual({ kind: 'offline', offset: 262_144 })

  there.breakAfter(Infinity)
  expect((await upload(shot(600_000))).kind).toBe('whole')

  expect(there.requests.filter((path) => path.endsWith('offset=0'))).toHaveLength(1)
})

it('passes a refusal on', async () => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ code: 'photo-hash', status: 422, title: 'no' }), { status: 422 }))

  expect(await upload(shot(10))).toMatchObject({ kind: 'problem', problem: { code: 'photo-hash' } })
})

it('does not go round in circles with a platform that takes nothing', async () => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ id: 'p', offset: 0, whole: false })))

  expect(await upload(shot(10))).toEqual({ kind: 'offline', offset: 0 })
})

it('names bytes as the platform does', async () => {
  expect(await sha256(new Blob(['abc']))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
