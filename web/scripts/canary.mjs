// A type check that finds nothing may be one that looks at nothing: a planted error must be found.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'

const folder = mkdtempSync('src/canary-')
try {
  writeFileSync(`${folder}/Canary.svelte`, '<script lang="ts">\n  const wrong: number = "text"\n</script>\n{wrong}\n')
  const run = spawnSync('npx', ['svelte-check', '--tsconfig', './tsconfig.json', '--output', 'machine'], { encoding: 'utf8' })
  if (!run.stdout.includes('Canary.svelte')) {
    console.error('the planted type error was not reported')
    process.exit(1)
  }
  console.log('canary: the planted type error was reported')
} finally {
  rmSync(folder, { recursive: true })
}
