// Adds up what the runners reported themselves, and ends with the one line that a machine reads.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [log, fast, ...failedParts] = process.argv.slice(2)
const sum = { passed: 0, failed: 0, skipped: 0 }
const add = (name, passed, failed, skipped) => {
  console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`)
  sum.passed += passed
  sum.failed += failed
  sum.skipped += skipped
  if (passed + failed === 0) {
    console.log(`${name}: no test ran`)
    sum.failed++
  }
}

for (const module of ['platform', 'simulator', 'steward', 'bench']) {
  const folder = join(module, 'target/surefire-reports')
  if (!existsSync(folder)) continue
  let [tests, bad, skipped] = [0, 0, 0]
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.xml'))) {
    const head = readFileSync(join(folder, file), 'utf8').match(/<testsuite [^>]*>/)?.[0] ?? ''
    const number = (name) => Number(head.match(new RegExp(` ${name}="(\\d+)"`))?.[1] ?? 0)
    tests += number('tests')
    bad += number('failures') + number('errors')
    skipped += number('skipped')
  }
  add(module, tests - bad - skipped, bad, skipped)
}

const vitest = join(log, 'vitest.json')
if (existsSync(vitest)) {
  const report = JSON.parse(readFileSync(vitest, 'utf8'))
  add('web', report.numPassedTests, report.numFailedTests, report.numPendingTests)
} else add('web', 0, 0, 0)

if (fast === 'no') {
  const text = existsSync(join(log, 'e2e.log')) ? readFileSync(join(log, 'e2e.log'), 'utf8') : ''
  const line = text.match(/^(\d+) passed, (\d+) failed, (\d+) skipped$/m)
  if (line) add('browser', Number(line[1]), Number(line[2]), Number(line[3]))
  else add('browser', 0, 0, 0)
}

// A part can fail with all its tests passed: the format, a licence, a type that does not fit.
if (sum.failed === 0) sum.failed = failedParts.length

console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exit(sum.failed > 0 ? 1 : 0)
