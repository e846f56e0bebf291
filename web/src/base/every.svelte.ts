/** While the page that says so is open and to be seen, does it every so often; never two at a time. */
export function every(ms: number, work: () => Promise<unknown>): void {
  $effect(() => {
    let busy = false
    const timer = setInterval(() => {
      if (busy || document.visibilityState === 'hidden') return
      busy = true
      void work().finally(() => (busy = false))
    }, ms)
    return () => clearInterval(timer)
  })
}

/** The present, as a page shows it: a moment that goes on every second. */
export class Clock {
  now = $state(Date.now())

  constructor() {
    $effect(() => {
      const timer = setInterval(() => (this.now = Date.now()), 1000)
      return () => clearInterval(timer)
    })
  }
}
