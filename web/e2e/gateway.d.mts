type Subscriber = { imsi: string; msisdn: string; imeisv: string; apn: string }
export function aGateway(): Promise<{
  port: number
  knows(secret: string): void
  ended(): number
  close(): void
  ask(port: number, who: Subscriber): Promise<{ code: number; address: string }>
  begin(port: number, who: Subscriber & { ip: string; session: string }): Promise<number>
}>
