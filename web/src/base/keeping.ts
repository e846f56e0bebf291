import type { Said } from './keeper'

/** A browser ends a worker whose event takes more than five minutes. */
const STAY_MS = 290_000

/**
 * The service worker's side of {@link Said}. What comes back is how long the worker has to stay for it: until what it
 * holds is over, or as long as browsers allow.
 */
export function keep(): (said: Said | undefined, port?: MessagePort) => Promise<void> | undefined {
  let kept: { until: number } | undefined
  let release = (): void => undefined
  let over: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    kept = undefined
    clearTimeout(over)
    release()
  }

  return (said, port) => {
    switch (said?.kind) {
      case 'entrust': {
        forget()
        const left = said.what.until - Date.now()
        if (left <= 0) return undefined
        kept = said.what
        over = setTimeout(forget, Math.min(left, 2 ** 31 - 1))
        return new Promise((done) => {
          const enough = setTimeout(done, Math.min(left, STAY_MS))
          release = () => {
            clearTimeout(enough)
            done()
          }
        })
      }
      case 'revoke':
        forget()
        return undefined
      case 'recall':
        port?.postMessage(kept && Date.now() < kept.until ? kept : undefined)
        return undefined
      default:
        return undefined
    }
  }
}
