/** The letters that the platform put into its folder, as the mail system of a site would find them. */
import { readdirSync, readFileSync } from 'node:fs'

/** The last letter to an address, opened: what only its owner should see. */
export function lastLetter(folder, mail) {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.eml')).sort().reverse()) {
    const [head = '', body = ''] = readFileSync(`${folder}/${name}`, 'utf8').split('\r\n\r\n')
    if (head.includes(`To: ${mail}`)) return Buffer.from(body, 'base64').toString('utf8')
  }
  throw new Error('no letter to ' + mail)
}
