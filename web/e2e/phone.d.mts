/** As Playwright takes it. */
export type Certified = { origin: string; cert: never; key: never }
export function enrol(qr: string, serial: string): Promise<Certified | { refused: string }>
