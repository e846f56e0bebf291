import { language } from './i18n.svelte'

const FIRST_REST_MS = 1000
const LONGEST_REST_MS = 15_000

/** One event of a stream as it came (WHATWG HTML §9.2): its name and its data. */
export type LiveEvent = { event: string; data: string }

/** Takes text as it arrives in pieces and gives the events that are whole by now. */
export class LiveText {
  private rest = ''

  take(piece: string): LiveEvent[] {
    const blocks = (this.rest + piece).split('\n\n')
    this.rest = blocks.pop() ?? ''
    return blocks.flatMap((block) => {
      const fields = block.split('\n')
      const all = (name: string): string[] => fields.filter((field) => field.startsWith(name + ': ')).map((field) => field.slice(name.length + 2))
      const event = all('event')[0]
      return event === undefined ? [] : [{ event, data: all('data').join('\n') }]
    })
  }
}

/**
 * Holds a stream of the platform open, and opens it again where it breaks, until it is stopped. The server says hello each time:
 * what happened before that is for the caller to read. No sign of an officer being there.
 */
export function live(path: string, hear: (event: LiveEvent) => void): () => void {
  const stopped = new AbortController()
  void hold(path, hear, stopped.signal)
  return () => stopped.abort()
}

async function hold(path: string, hear: (event: LiveEvent) => void, stopped: AbortSignal): Promise<void> {
  let rest = FIRST_REST_MS
  while (!stopped.aborted) {
    if (await once(path, hear, stopped)) rest = FIRST_REST_MS
    else rest = Math.min(rest * 2, LONGEST_REST_MS)
    await new Promise((done) => setTimeout(done, rest))
  }
}

/** Whether anything came. */
async function once(path: string, hear: (event: LiveEvent) => void, stopped: AbortSignal): Promise<boolean> {
  let came = false
  try {
    const response = await fetch(path, { headers: { Accept: 'text/event-stream', 'Accept-Language': language(), 'X-Background': '1' }, cache: 'no-store', signal: stopped })
    if (!response.ok || !response.body) return false
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    const text = new LiveText()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      for (const event of text.take(part.value)) {
        came = true
        if (!stopped.aborted) hear(event)
      }
    }
  } catch {
    // Without network, or stopped: the caller's page shows what it has.
  }
  return came
}
