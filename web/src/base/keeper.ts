/**
 * What a page entrusts to the service worker, whose memory outlives a page that is loaded anew: there it is given back to
 * the next page of ours. Nothing of it is ever written anywhere.
 */
export type Said = { kind: 'entrust'; what: { until: number } } | { kind: 'revoke' } | { kind: 'recall' }

const PATIENCE_MS = 2000

async function worker(): Promise<ServiceWorker | undefined> {
  const all = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
  return all?.controller ?? (await all?.getRegistration())?.active ?? undefined
}

export const entrust = (what: { until: number }): void =>
  void worker().then((there) => there?.postMessage({ kind: 'entrust', what } satisfies Said)).catch(() => undefined)

export const revoke = (): Promise<void> =>
  worker().then((there) => there?.postMessage({ kind: 'revoke' } satisfies Said)).catch(() => undefined)

/** What a page before this one entrusted, if the worker still has it. */
export async function recall<T>(): Promise<T | undefined> {
  const there = await worker().catch(() => undefined)
  if (!there) return undefined
  const { port1, port2 } = new MessageChannel()
  return new Promise((given) => {
    const late = setTimeout(() => given(undefined), PATIENCE_MS)
    port1.onmessage = ({ data }: MessageEvent<T | undefined>) => {
      clearTimeout(late)
      port1.close()
      given(data)
    }
    there.postMessage({ kind: 'recall' } satisfies Said, [port2])
  })
}
