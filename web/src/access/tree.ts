import type { Unit } from './types'

export type Place = { unit: Unit; depth: number }

/** The units from the top down, each followed by those below it; one whose parent is out of sight stands at the top. */
export function tree(units: Unit[]): Place[] {
  const known = new Set(units.map((unit) => unit.code))
  const above = (unit: Unit): string => (unit.parent && known.has(unit.parent) ? unit.parent : '')
  const walk = (parent: string, depth: number): Place[] =>
    units.filter((unit) => above(unit) === parent).flatMap((unit) => [{ unit, depth }, ...walk(unit.code, depth + 1)])
  return walk('', 0)
}
