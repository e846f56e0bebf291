// Drives the client in a real Chromium against a running platform: the one at TONGGUAN_URL (its sender's credential in
// TONGGUAN_TOKEN_FILE, its demo accounts in TONGGUAN_ACCOUNTS_FILE, where it hears gateways in
// TONGGUAN_RADIUS; with a door for devices: --tls 127.0.0.1:0 --name localhost and the simulated core systems of
// the sample world), or one started here for the length of the run. Ends with a line of counts.
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('..', import.meta.url))
const PATIENCE_MS = 300_000
const CONTAINERS = '600'

/** A port that no one listens on. */
async function aPort() {
  const socket = createSocket('udp4')
  await new Promise((bound) => socket.bind(0, '127.0.0.1', bound))
  const { port } = socket.address()
  await new Promise((closed) => socket.close(closed))
  return port
}

async function startPlatform() {
  const data = mkdtempSync(join(tmpdir(), 'tongguan-e2e-'))
  const platform = spawn(resolve(web, '../tongguan'), ['run', '--port', '0', '--data', data, '--sample', CONTAINERS, '--tls', '127.0.0.1:0', '--name', 'localhost'], {
    stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TONGGUAN_RADIUS: (process.env.TONGGUAN_RADIUS ??= `127.0.0.1:${await aPort()}:${await aPort()}`) },
  })
  const url = await new Promise((found, failed) => {
    let said = ''
    const timer = setTimeout(() => failed(new Error('the platform was not ready in time')), PATIENCE_MS)
    platform.stdout.on('data', (chunk) => {
      said += chunk
      const ready = said.match(/^ready (http:\S+)/m)
      if (ready) {
        clearTimeout(timer)
        found(ready[1])
      }
    })
    platform.on('exit', (code) => failed(new Error(`the platform ended with ${code}`)))
  })
  const stop = () =>
    new Promise((stopped) => {
      platform.removeAllListeners('exit')
      platform.on('exit', () => {
        rmSync(data, { recursive: true, force: true })
        stopped()
      })
      platform.kill('SIGTERM')
    })
  return { url, token: join(data, 'senders/local-import.token'), accounts: join(data, 'demo-accounts.txt'), stop }
}

const given = process.env.TONGGUAN_URL
const platform = given ? { url: given, token: process.env.TONGGUAN_TOKEN_FILE, accounts: process.env.TONGGUAN_ACCOUNTS_FILE, stop: () => {} } : await startPlatform()
if (!platform.token || !platform.accounts) throw new Error('TONGGUAN_TOKEN_FILE and TONGGUAN_ACCOUNTS_FILE must name the files with a sender’s credential and the demo accounts')
const report = join(mkdtempSync(join(tmpdir(), 'tongguan-report-')), 'report.json')
try {
  spawnSync('npx', ['vitest', 'run', '--config', 'e2e/vitest.config.ts', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], {
    cwd: web,
    stdio: 'inherit',
    env: { ...process.env, TONGGUAN_URL: platform.url, TONGGUAN_TOKEN: readFileSync(platform.token, 'utf8').trim(), TONGGUAN_ACCOUNTS: readFileSync(platform.accounts, 'utf8'), TONGGUAN_MAIL: join(dirname(platform.accounts), 'mail') },
  })
} finally {
  await platform.stop()
}
const counts = JSON.parse(readFileSync(report, 'utf8'))
const failed = counts.numFailedTests + (counts.success || counts.numFailedTests > 0 ? 0 : 1)
console.log(`${counts.numPassedTests} passed, ${failed} failed, ${counts.numPendingTests} skipped`)
process.exit(failed > 0 ? 1 : 0)
