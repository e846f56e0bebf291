// The officer's first load: the script that index.html asks for, compressed. More than this and a weak line is felt.
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 80 * 1024
const html = readFileSync('dist/index.html', 'utf8')
const first = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1])
if (first.length === 0) throw new Error('index.html asks for no script: this check looks at the wrong thing')
const bytes = first.reduce((sum, file) => sum + gzipSync(readFileSync('dist' + file)).length, 0)
const all = readdirSync('dist/assets').length
console.log(`first load: ${bytes} bytes of script (gzip) in ${first.length} file(s), limit ${LIMIT}; ${all} assets`)
if (bytes > LIMIT) process.exit(1)
