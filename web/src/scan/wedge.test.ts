import { afterEach, expect, test } from 'vitest'
import { listenForWedge } from './wedge'

let stop = (): void => {}
afterEach(() => stop())

/** Keys as a device sends them; an event's time stamp is read-only, so it is set on the event itself. */
function type(text: string, apart: number, end = 'Enter', target: EventTarget = document.body): KeyboardEvent[] {
  return [...text, end].map((key, i) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    Object.defineProperty(event, 'timeStamp', { value: 10_000 + i * apart })
    target.dispatchEvent(event)
    return event
  })
}

function listen(): string[] {
  const heard: string[] = []
  stop = listenForWedge((text) => heard.push(text))
  return heard
}

test('a burst that ends with Enter or Tab is a scan, and the end does nothing else', () => {
  const heard = listen()
  expect(type('CSQU3054383', 5).at(-1)?.defaultPrevented).toBe(true)
  type('69512345675', 5, 'Tab')
  expect(heard).toEqual(['CSQU3054383', '69512345675'])
})

test('a hand is slower than any scanner', () => {
  const heard = listen()
  expect(type('CSQU3054383', 80).at(-1)?.defaultPrevented).toBe(false)
  expect(heard).toEqual([])
})

test('a short burst is a person drumming', () => {
  const heard = listen()
  type('1234', 5)
  expect(heard).toEqual([])
})

test('a capital’s shift key does not break a burst', () => {
  const heard = listen()
  stop()
  stop = listenForWedge((text) => heard.push(text))
  let at = 20_000
  for (const key of ['Shift', 'C', 'Shift', 'S', 'Shift', 'Q', 'Shift', 'U', '3', 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true })
    Object.defineProperty(event, 'timeStamp', { value: (at += 4) })
    document.body.dispatchEvent(event)
  }
  expect(heard).toEqual(['CSQU3'])
})

test('what a burst has typed into a field is taken out of it again', () => {
  const heard = listen()
  const field = document.body.appendChild(document.createElement('input'))
  field.value = 'mine'
  field.addEventListener('keydown', (event) => { if (event.key.length === 1) field.value += event.key })
  type('CSQU3054383', 5, 'Enter', field)
  expect(heard).toEqual(['CSQU3054383'])
  expect(field.value).toBe('mine')
})

test('a burst longer than any number is dropped', () => {
  const heard = listen()
  type('A'.repeat(500), 1)
  expect(heard).toEqual([])
})
