// Writes src/base/api-types.ts from the platform's OpenAPI file; with --check only says whether it still fits.
import { readFileSync, writeFileSync } from 'node:fs'

const OPENAPI = new URL('../../platform/src/main/resources/tongguan/openapi.json', import.meta.url)
const TYPES = new URL('../src/base/api-types.ts', import.meta.url)
const UNDERSTOOD = new Set([
  '$ref', 'type', 'enum', 'const', 'description', 'required', 'properties', 'additionalProperties', 'items', 'allOf', 'oneOf', 'anyOf',
  // What TypeScript has no types for; the platform checks it.
  'format', 'pattern', 'minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength', 'contentEncoding', 'default', 'examples',
])

const literal = (value) => (typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&')}'` : String(value))
const either = (types) => [...new Set(types)].join(' | ')
const bracketed = (type) => (/[|&]/.test(type.replace(/\{[^]*\}/g, '')) ? `(${type})` : type)
const name = (member) => (/^[A-Za-z_$][\w$]*$/.test(member) ? member : literal(member))
const comment = (schema, indent) => (schema.description ? `${indent}/** ${schema.description.replaceAll('*/', '* /')} */\n` : '')

function members(schema, indent) {
  const deeper = indent + '  '
  const needed = new Set(schema.required ?? [])
  const lines = Object.entries(schema.properties ?? {}).map(
    ([member, of]) => `${comment(of, deeper)}${deeper}${name(member)}${needed.has(member) ? '' : '?'}: ${type(of, deeper)}\n`,
  )
  const named = `{\n${lines.join('')}${indent}}`
  const { additionalProperties: free } = schema
  const others = typeof free === 'object' ? `Record<string, ${type(free, indent)}>` : free === true || lines.length === 0 ? 'Record<string, unknown>' : ''
  return lines.length === 0 ? others : others ? `${named} & ${others}` : named
}

function one(kind, schema, indent) {
  switch (kind) {
    case 'string': case 'boolean': case 'null': return kind
    case 'integer': case 'number': return 'number'
    case 'array': return `${bracketed(type(schema.items ?? {}, indent))}[]`
    case 'object': return members(schema, indent)
    default: throw new Error(`no type is known for ${JSON.stringify(schema)}`)
  }
}

/** The TypeScript of a schema; a keyword that this program does not know stops it rather than being lost. */
function type(schema, indent) {
  for (const keyword of Object.keys(schema)) if (!UNDERSTOOD.has(keyword)) throw new Error(`the keyword ${keyword} is not understood`)
  if (schema.$ref) return schema.$ref.replace('#/components/schemas/', '')
  if (schema.const !== undefined) return literal(schema.const)
  if (schema.enum) return either(schema.enum.map(literal))
  if (schema.allOf) return schema.allOf.map((part) => bracketed(type(part, indent))).join(' & ')
  if (schema.oneOf ?? schema.anyOf) return either((schema.oneOf ?? schema.anyOf).map((part) => type(part, indent)))
  if (schema.type === undefined) return schema.properties ? members(schema, indent) : 'unknown'
  return either([schema.type].flat().map((kind) => one(kind, schema, indent)))
}

const { schemas } = JSON.parse(readFileSync(OPENAPI, 'utf8')).components
const written = '// Written by scripts/types.mjs from the platform’s openapi.json: change that, then run "npm run types".\n'
  + Object.entries(schemas).map(([of, schema]) => `\n${comment(schema, '')}export type ${of} = ${type(schema, '')}\n`).join('')

let there = ''
try { there = readFileSync(TYPES, 'utf8') } catch { /* Not there is stale, too. */ }
const stale = there !== written
if (process.argv.includes('--check')) {
  console.log(`types: ${Object.keys(schemas).length} schemas, ${stale ? 1 : 0} faults`)
  if (stale) console.error('src/base/api-types.ts does not fit openapi.json: run "npm run types"')
  process.exit(stale ? 1 : 0)
}
// An untouched file keeps its time, by which the launcher knows what is to be built.
if (stale) writeFileSync(TYPES, written)
