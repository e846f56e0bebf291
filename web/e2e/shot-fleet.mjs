/** A few devices in all their states, for pictures; nothing where the account may not make any. */
const DRAWN = [[[90, 260], [160, 120], [210, 250], [260, 130], [320, 240]], [[380, 220], [470, 150], [520, 230], [610, 140], [700, 250], [880, 210]]]

const luhn = (number) => {
  const sum = [...number].reverse().reduce((total, digit, i) => {
    const weighted = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  return number + String((10 - (sum % 10)) % 10)
}

export async function fleetOf(base, { cookies, csrf, password }) {
  const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf, Cookie: cookies.map(([name, value]) => `${name}=${value}`).join('; ') }
  const post = async (path, body, more = {}) => {
    const response = await fetch(base + path, { method: 'POST', headers: { ...headers, ...more }, body: JSON.stringify(body) })
    return { ok: response.ok, status: response.status, body: await response.json() }
  }
  const confirmed = async (path, input) => {
    const draft = await post(path + '/draft', input)
    if (!draft.ok) throw Object.assign(new Error(`${path}: ${draft.status} ${JSON.stringify(draft.body)}`), { status: draft.status })
    const done = await post(path, { input, confirmation: draft.body.confirmation, password }, { 'Idempotency-Key': crypto.randomUUID() })
    if (!done.ok) throw new Error(`${path}: ${done.status} ${JSON.stringify(done.body)}`)
    return done.body
  }
  const me = await (await fetch(base + '/api/v1/me', { headers })).json()
  if (!me.permissions?.includes('devices.administer')) return {}
  const ids = []
  for (const [i, [kind, model, unit]] of [['pda', 'TC58', 'A'], ['tablet', 'ET60', 'A'], ['notebook', 'Latitude 7350', 'B'], ['pda', 'TC58', 'A'], ['pda', 'MC9400', 'B'], ['tablet', 'ET60', 'C']].entries()) {
    const { id } = await confirmed('/api/v1/devices', { serial: `${kind === 'pda' ? 'ZB' : kind === 'tablet' ? 'TB' : 'NB'}-2026-0${i + 117}`, kind, model, unit, imei: kind === 'notebook' ? null : luhn(`3569380356438${i}`), macs: kind === 'notebook' ? ['00:1b:44:11:3a:b7', '00:1b:44:11:3a:b8'] : [] })
    const sim = await confirmed('/api/v1/sims', { iccid: luhn(`898860123456789${i}12`), imsi: `46692012345678${i}`, msisdn: `88691234567${i}`, address: `10.64.3.${i + 7}`, unit })
    await confirmed(`/api/v1/sims/${sim.id}/state`, { state: 'active', reason: '新購入' })
    if (i < 5) await confirmed(`/api/v1/sims/${sim.id}/pair`, { device: id, reason: '新購入' })
    ids.push(id)
  }
  const goods = { accessories: '充電器、保護套', condition: '下緣輕微刮痕', giverSignature: DRAWN, takerSignature: DRAWN.map((stroke) => stroke.map(([x, y]) => [x, 380 - y])) }
  await confirmed(`/api/v1/devices/${ids[0]}/hand-out`, { taker: 'officer', ...goods })
  await confirmed(`/api/v1/devices/${ids[3]}/hand-out`, { taker: 'officer', ...goods })
  await confirmed(`/api/v1/devices/${ids[0]}/loan`, { unit: 'B', until: new Date(Date.now() + 86_400_000).toISOString(), reason: '支援查緝' })
  await confirmed(`/api/v1/devices/${ids[3]}/lost`, { reason: '第 19 號碼頭背包遭竊' })
  await confirmed(`/api/v1/devices/${ids[2]}/state`, { state: 'in-repair', reason: '螢幕破裂' })
  return {
    devices: '/devices', device: '/devices/' + ids[0], lost: '/devices/' + ids[3], 'hand-out': `/devices/${ids[1]}/hand-out`, import: '/devices/import', sims: '/sims',
    network: '/network', refusals: '/network/refusals', gateways: '/network/gateways', zones: '/network/zones',
  }
}
