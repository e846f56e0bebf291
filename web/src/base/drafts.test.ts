import 'fake-indexeddb/auto'
import { beforeEach, expect, it } from 'vitest'
import { draftOf, dropDraft, dropFile, fileOf, keepDraft, keepFile } from './drafts'
import { seal, unseal } from './vault'

const SHARE = btoa('s'.repeat(32))
const enter = (account: string): Promise<void> => unseal(account, SHARE, Date.now() + 60_000, {})

beforeEach(() => enter('chen'))

it('gives back what an officer wrote, and to nobody else', async () => {
  await keepDraft('examination AA1', { packagesOpened: '3' })
  expect(await draftOf('examination AA1')).toEqual({ packagesOpened: '3' })

  await enter('wang')
  expect(await draftOf('examination AA1')).toBeUndefined()
  await seal()
  expect(await draftOf('examination AA1')).toBeUndefined()
})

it('keeps files beside it, sealed, and drops them with it', async () => {
  const bytes = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/jpeg' })
  await keepDraft('d', {})
  expect(await keepFile('d', 'one', bytes)).toBe(true)
  await keepFile('d', 'two', bytes)
  await keepFile('other', 'one', bytes)
  const back = await fileOf('d', 'one')
  expect(back?.type).toBe('image/jpeg')
  expect(back?.size).toBe(3)

  await dropFile('d', 'two')
  expect(await fileOf('d', 'two')).toBeUndefined()
  await dropDraft('d')
  expect(await fileOf('d', 'one')).toBeUndefined()
  expect(await fileOf('other', 'one')).toBeDefined()
})
