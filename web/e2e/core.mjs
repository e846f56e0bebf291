/** A core system of the test world, a process of its own that the platform's settings name: officers sign in there as wang. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = resolve(fileURLToPath(new URL('../..', import.meta.url)), 'simulator/target/app')

function java() {
  const jvms = '/usr/lib/jvm'
  const found = [process.env.JAVA_HOME ?? '', ...(existsSync(jvms) ? readdirSync(jvms).filter((name) => name.includes('25')).map((name) => join(jvms, name)) : [])]
  return join(found.find((each) => existsSync(join(each, 'bin/java'))) ?? '', 'bin/java')
}

/** Starts sea clearance beside a data folder, and writes it into the platform's settings there. */
export async function aCore(data) {
  const folder = join(data, 'core-sea')
  mkdirSync(folder, { recursive: true })
  const core = spawn(java(), ['-Xmx96m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${home}/simulator.jar:${home}/lib/*`, 'tongguan.simulator.Simulator', 'core', 'sea', '--port', '0', '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise((found, failed) => {
    let said = ''
    core.stdout.on('data', (chunk) => {
      said += chunk
      const ready = said.match(/^ready (\d+)/m)
      if (ready) found(Number(ready[1]))
    })
    core.on('error', failed)
    core.on('exit', (code) => failed(new Error(`the core system ended with ${code}`)))
  })
  core.stdout.resume()
  const connection = JSON.parse(readFileSync(join(folder, 'connection.json'), 'utf8'))
  writeFileSync(join(data, 'core.json'), JSON.stringify({ systems: { sea: { ...connection, port } } }))
  return () => new Promise((stopped) => {
    core.removeAllListeners('exit')
    core.on('exit', stopped)
    core.kill('SIGTERM')
  })
}
