/**
 * Deletes all that this device keeps of the platform: first what could open it, then what was sealed, then the rest. A
 * wipe that was cut off in the middle is taken up by the next start.
 */
import { letGo } from './drafts'
import { leaveGo, shred } from './vault'
import { leaveShelf } from './shelf'
import { release } from './store'

const BEGUN = 'tongguan.wiping'
const OURS = ['tongguan-key', 'tongguan', 'tongguan-drafts', 'tongguan-batch']

/** A wipe was begun and did not come to its end. */
export const cutOff = (): boolean => localStorage.getItem(BEGUN) !== null

const gone = (name: string): Promise<void> =>
  new Promise((done) => {
    const asked = indexedDB.deleteDatabase(name)
    // Blocked by another window, it is deleted as soon as that lets go, which it does when it hears of this.
    asked.onsuccess = asked.onerror = asked.onblocked = () => done()
  })

const quietly = (work: Promise<unknown> | undefined): Promise<unknown> => Promise.resolve(work).catch(() => undefined)

export async function wipe(): Promise<void> {
  localStorage.setItem(BEGUN, '1')
  await quietly(shred())
  await quietly(Promise.all([leaveGo(), release(), letGo(), leaveShelf()]))
  await Promise.all(OURS.map((name) => quietly(gone(name))))
  if ('caches' in window) await quietly(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))))
  if ('serviceWorker' in navigator) await quietly(navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))))
  sessionStorage.clear()
  localStorage.clear()
}
