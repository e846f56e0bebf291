/** A phone in the field: makes its own key, believes the platform by the pin of its code alone, and has itself enrolled (docs/decisions/010). */
import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto'
import { request } from 'node:https'
import { connect } from 'node:tls'

const QR = /^tongguan-enrol:1:(https:\/\/[^/]+):((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}):([0-9a-f]{64})$/

function der(tag, ...parts) {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const pem = (label, bytes) => `-----BEGIN ${label}-----\n${bytes.toString('base64').match(/.{1,64}/g).join('\n')}\n-----END ${label}-----\n`

/** What a key asks for its certificate with (PKCS #10, RFC 2986): no name, ECDSA with SHA-256. */
function certificateRequest({ publicKey, privateKey }) {
  const info = der(0x30, der(0x02, Buffer.from([0])), der(0x30), publicKey.export({ type: 'spki', format: 'der' }), der(0xa0))
  const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')))
  return pem('CERTIFICATE REQUEST', der(0x30, info, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', info, privateKey))))
}

/** The authority behind the door, if it is the one that the code names and has signed for this door. */
async function authorityOf(door, pin) {
  const socket = connect({ host: door.hostname, port: Number(door.port), servername: door.hostname, rejectUnauthorized: false })
  await new Promise((there, failed) => socket.once('secureConnect', there).once('error', failed))
  const leaf = socket.getPeerCertificate(true)
  socket.destroy()
  const authority = new X509Certificate(leaf.issuerCertificate.raw)
  const found = createHash('sha256').update(authority.publicKey.export({ type: 'spki', format: 'der' })).digest('hex')
  if (found !== pin || !new X509Certificate(leaf.raw).verify(authority.publicKey)) throw new Error('another platform answers at this door')
  return authority.toString()
}

const post = (door, path, ca, body) =>
  new Promise((answered, failed) => {
    const asked = request(new URL(path, door), { method: 'POST', ca, headers: { 'Content-Type': 'application/json' } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => answered({ status: answer.statusCode, body: JSON.parse(text) }))
    })
    asked.on('error', failed).end(JSON.stringify(body))
  })

/** Enrols with what stands in the QR code; gives what a browser shows at the door, or the platform's refusal. */
export async function enrol(qr, serial) {
  const [, url, code, pin] = QR.exec(qr) ?? []
  if (!url) throw new Error('not a code to enrol with: ' + qr)
  const door = new URL(url)
  const ca = await authorityOf(door, pin)
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { status, body } = await post(door, '/api/v1/device/enrol', ca, { code, csr: certificateRequest(keys), serial, macs: [], agent: 'phone' })
  if (status !== 200) return { refused: body.code }
  return { origin: door.origin, ca, cert: Buffer.from(body.certificate), key: Buffer.from(keys.privateKey.export({ type: 'pkcs8', format: 'pem' })) }
}
