/** The platform behind a wire of ours, over which another answer can come than the platform's own. */
import { createServer, request } from 'node:http'
import { request as requestOverTls } from 'node:https'

/** With a key and a certificate (as of https.request) it comes to the platform's door as that device does. */
export async function aWire(platform, tls) {
  const ask = tls ? requestOverTls : request
  let instead
  const wire = createServer((asked, answered) => {
    if (instead && asked.url.startsWith('/api/')) {
      answered.writeHead(instead.status, { 'Content-Type': 'application/problem+json', ...instead.headers })
      return answered.end(JSON.stringify({ code: instead.code, title: 'no', status: instead.status }))
    }
    const on = ask(platform + asked.url, { ...tls, method: asked.method, headers: asked.headers }, (got) => {
      answered.writeHead(got.statusCode, got.headers)
      got.pipe(answered)
    })
    on.on('error', () => answered.destroy())
    asked.pipe(on)
  })
  await new Promise((listening) => wire.listen(0, '127.0.0.1', listening))
  return {
    at: `http://127.0.0.1:${wire.address().port}`,
    answer: (next) => void (instead = next),
    cut: () => {
      wire.closeAllConnections()
      wire.close()
    },
  }
}
