/** Details of an entry as lines: a member in a member by the way to it, so that nothing of what was written is left out. */
export function lines(details: unknown, way = ''): [label: string, value: string][] {
  if (details === null || typeof details !== 'object') return [[way, String(details)]]
  const members = Object.entries(details)
  if (members.length === 0) return way ? [[way, Array.isArray(details) ? '[]' : '{}']] : []
  return members.flatMap(([name, value]) => lines(value, way ? `${way}.${name}` : name))
}
