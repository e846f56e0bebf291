/** A browser in the words that people use: "Chrome 140 · Windows". What is not known stays as the browser wrote it. */
export function agent(text: string): string {
  const browser =
    /Edg\/(\d+)/.exec(text) ? 'Edge ' + /Edg\/(\d+)/.exec(text)?.[1]
    : /Firefox\/(\d+)/.exec(text) ? 'Firefox ' + /Firefox\/(\d+)/.exec(text)?.[1]
    : /(?:HeadlessChrome|Chrome)\/(\d+)/.exec(text) ? 'Chrome ' + /Chrome\/(\d+)/.exec(text)?.[1]
    : /Version\/(\d+).*Safari/.exec(text) ? 'Safari ' + /Version\/(\d+)/.exec(text)?.[1]
    : ''
  const system = [['iPad', 'iPadOS'], ['iPhone', 'iOS'], ['Android', 'Android'], ['Windows', 'Windows'], ['Macintosh', 'macOS'], ['Linux', 'Linux']].find(([sign]) => text.includes(sign ?? ''))?.[1]
  return browser && system ? `${browser} · ${system}` : text
}
