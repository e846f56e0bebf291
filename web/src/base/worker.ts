/** The service worker keeps the shell. Trusted Types let a page register only what a policy has named. */

type Policy = { createScriptURL(url: string): unknown }
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy }

export function trustWorker(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return
  const types = (window as unknown as { trustedTypes?: Factory }).trustedTypes
  const policy = types?.createPolicy('tongguan-worker', {
    createScriptURL(url) {
      if (url !== '/sw.js') throw new TypeError('not our worker: ' + url)
      return url
    },
  })
  const url = policy ? policy.createScriptURL('/sw.js') : '/sw.js'
  const register = (): void => void navigator.serviceWorker.register(url as string)
  if (document.readyState === 'complete') register()
  else addEventListener('load', register)
}
