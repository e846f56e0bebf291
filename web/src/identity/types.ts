/** Who is in, as the platform says it (see its OpenAPI file). */
export type Me = {
  id: string; account: string; name: string; csrf: string; next: 'done' | 'second-factor' | 'enrol'
  secondFactor: { demanded: boolean; methods: string[] }
  unit?: string; district?: string; clearance?: number; roles?: string[]; permissions?: string[]; home?: string; menu?: string[]
  session?: { id: string; idleSeconds: number; lockAt: string; endsAt: string }; offlineKey?: string
}
export type LoggedIn = { next: Me['next']; csrf: string; methods: string[] }
