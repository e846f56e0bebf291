/** An operator's gateway: asks by RADIUS who may be on the private APN, tells who is, and ends sessions when told to (RFC 2865, 2866, 5176; 3GPP TS 29.061). */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { createSocket } from 'node:dgram'

const PATIENCE_MS = 1000
const TRIES = 8
const [ACCESS_REQUEST, ACCOUNTING_REQUEST, DISCONNECT_ACK] = [1, 4, 41]

const md5 = (...parts) => createHash('md5').update(Buffer.concat(parts)).digest()
const attribute = (type, value) => Buffer.concat([Buffer.from([type, value.length + 2]), value])
const number = (value) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const address = (text) => Buffer.from(text.split('.').map(Number))
const vendor = (type, text) => attribute(26, Buffer.concat([number(10415), attribute(type, Buffer.from(text))]))
const whole = (code, id, authenticator, attributes) => {
  const head = Buffer.alloc(4)
  head.writeUInt8(code, 0)
  head.writeUInt8(id, 1)
  head.writeUInt16BE(20 + attributes.length, 2)
  return Buffer.concat([head, authenticator, attributes])
}

/** With Message-Authenticator first, over the packet with this authenticator in it (RFC 3579, section 3.2). */
function signed(code, id, authenticator, rest, secret) {
  const empty = attribute(80, Buffer.alloc(16))
  const hmac = createHmac('md5', secret).update(whole(code, id, authenticator, Buffer.concat([empty, rest]))).digest()
  return Buffer.concat([attribute(80, hmac), rest])
}

export async function aGateway() {
  const socket = createSocket('udp4')
  await new Promise((bound) => socket.bind(0, '127.0.0.1', bound))
  let secret = Buffer.alloc(0)
  let last = 0
  let heard = () => undefined
  let ended = 0
  socket.on('message', (packet, from) => {
    if (packet[0] !== 40) return heard(packet)
    ended++
    const asked = packet.subarray(4, 20)
    const attributes = signed(DISCONNECT_ACK, packet[1], asked, Buffer.alloc(0), secret)
    const draft = whole(DISCONNECT_ACK, packet[1], asked, attributes)
    socket.send(whole(DISCONNECT_ACK, packet[1], md5(draft, secret), attributes), from.port, from.address)
  })
  const exchange = async (port, packet) => {
    for (let i = 0; i < TRIES; i++) {
      const answer = await new Promise((came) => {
        const late = setTimeout(() => came(undefined), PATIENCE_MS)
        heard = (each) => { if (each[1] === packet[1]) { clearTimeout(late); came(each) } }
        socket.send(packet, port, '127.0.0.1')
      })
      if (answer) return answer
    }
    throw new Error('the platform did not answer the gateway')
  }
  return {
    port: socket.address().port,
    knows: (text) => (secret = Buffer.from(text)),
    ended: () => ended,
    close: () => socket.close(),
    /** The code of the answer (2 accept, 3 reject) and the address that it gives. */
    async ask(port, { imsi, msisdn, imeisv, apn }) {
      const [id, authenticator] = [last++ % 256, randomBytes(16)]
      const rest = Buffer.concat([attribute(30, Buffer.from(apn)), attribute(31, Buffer.from(msisdn)), attribute(4, address('127.0.0.1')), vendor(1, imsi), vendor(20, imeisv)])
      const answer = await exchange(port, whole(ACCESS_REQUEST, id, authenticator, signed(ACCESS_REQUEST, id, authenticator, rest, secret)))
      for (let at = 20; at < answer.length; at += answer[at + 1]) if (answer[at] === 8) return { code: answer[0], address: [...answer.subarray(at + 2, at + 6)].join('.') }
      return { code: answer[0], address: '' }
    },
    /** Tells that a session has begun. */
    async begin(port, { imsi, msisdn, imeisv, apn, ip, session }) {
      const id = last++ % 256
      const rest = Buffer.concat([
        attribute(40, number(1)), attribute(44, Buffer.from(session)), attribute(8, address(ip)), attribute(30, Buffer.from(apn)), attribute(31, Buffer.from(msisdn)), attribute(4, address('127.0.0.1')),
        attribute(55, number(Math.floor(Date.now() / 1000))), vendor(1, imsi), vendor(20, imeisv),
      ])
      const draft = whole(ACCOUNTING_REQUEST, id, Buffer.alloc(16), rest)
      return (await exchange(port, whole(ACCOUNTING_REQUEST, id, md5(draft, secret), rest)))[0]
    },
  }
}
