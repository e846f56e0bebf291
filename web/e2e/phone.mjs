/** What a device without a steward does to be known: a key of its own, and the certificate that it gets for a one-time code. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The door's own answer to a device that has no certificate yet, and does not know whom it talks to. */
function enrol(door, body) {
  return new Promise((found, failed) => {
    const text = JSON.stringify(body)
    const asked = request(door + '/api/v1/device/enrol', { method: 'POST', rejectUnauthorized: false, headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) } }, (answer) => {
      let said = ''
      answer.on('data', (chunk) => (said += chunk))
      answer.on('end', () => (answer.statusCode === 200 ? found(JSON.parse(said)) : failed(new Error(said))))
    })
    asked.on('error', failed)
    asked.end(text)
  })
}

export async function enrolled(door, serial, code) {
  const folder = mkdtempSync(join(tmpdir(), 'tongguan-phone-'))
  try {
    const [key, csr] = [join(folder, 'key'), join(folder, 'csr')]
    execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', `/CN=${serial}`, '-keyout', key, '-out', csr], { stdio: 'ignore' })
    const { certificate, authority } = await enrol(door, { code, csr: readFileSync(csr, 'utf8'), serial, macs: [], agent: 'none' })
    return { key: readFileSync(key, 'utf8'), cert: certificate, ca: authority }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
