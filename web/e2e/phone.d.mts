/** What the device shows at the door, as Playwright takes it, and the authority that it believes there. */
export type Certified = { origin: string; ca: string; cert: never; key: never }
export function enrol(qr: string, serial: string): Promise<Certified | { refused: string }>
