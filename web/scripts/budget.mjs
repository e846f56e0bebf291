// The officer's first load: the script that index.html asks for, compressed. More than this and a weak line is felt.
import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 80 * 1024
const html = readFileSync('dist/index.html', 'utf8')
const first = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map((match) => match[1])
if (first.length === 0) throw new Error('index.html asks for no script: this check looks at the wrong thing')
const all = readdirSync('dist/assets')
// The texts of one language come with it; the longer ones are counted.
const size = (file) => gzipSync(readFileSync(file)).length
const texts = all.filter((name) => /^(zh-TW|en)-.*\.js$/.test(name)).map((name) => size('dist/assets/' + name))
if (texts.length !== 2) throw new Error('the texts of both languages are not there as files of their own')
const bytes = first.reduce((sum, file) => sum + size('dist' + file), Math.max(...texts))
console.log(`first load: ${bytes} bytes of script (gzip) in ${first.length + 1} file(s), limit ${LIMIT}; ${all.length} assets`)
if (bytes > LIMIT) process.exit(1)
