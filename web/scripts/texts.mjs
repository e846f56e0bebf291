// Both languages have the same texts with the same places to fill in, and none is empty.
import { readFileSync } from 'node:fs'

const read = (language) => JSON.parse(readFileSync(`src/texts/${language}.json`, 'utf8'))
const zh = read('zh-TW')
const en = read('en')
const faults = []
for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
  const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort().join()
  if (!zh[key] || !en[key]) faults.push(`${key}: missing or empty in ${zh[key] ? 'en' : 'zh-TW'}`)
  else if (places(zh[key]) !== places(en[key])) faults.push(`${key}: different places to fill in`)
}
console.log(`texts: ${Object.keys(zh).length} keys, ${faults.length} faults`)
faults.forEach((fault) => console.error(fault))
process.exit(faults.length > 0 ? 1 : 0)
