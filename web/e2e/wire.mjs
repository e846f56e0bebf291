/** The platform behind a wire of ours, over which another answer can come than the platform's own. */
import { createServer, request } from 'node:http'

export async function aWire(platform) {
  let instead
  const wire = createServer((asked, answered) => {
    if (instead && asked.url.startsWith('/api/')) {
      answered.writeHead(instead.status, { 'Content-Type': 'application/problem+json', ...instead.headers })
      return answered.end(JSON.stringify({ code: instead.code, title: 'no', status: instead.status }))
    }
    const on = request(platform + asked.url, { method: asked.method, headers: asked.headers }, (got) => {
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
