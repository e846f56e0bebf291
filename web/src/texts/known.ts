// For the unit tests, which speak both languages from the first line on; those without a page have nothing to say.
if (typeof document !== 'undefined') {
  const { learn, speak } = await import('../base/i18n.svelte')
  await Promise.all([learn('zh-TW'), learn('en')])
  speak('zh-TW')
}
export {}
