import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listenForScans } from './stream'

let heard: string[] = []
let stop = (): void => undefined
let clock = 50_000
beforeEach(() => {
  vi.useFakeTimers()
  heard = []
  stop = listenForScans((text) => heard.push(text))
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  document.body.replaceChildren()
})

function type(keys: string[], apart: number, target: EventTarget = document.body): KeyboardEvent | undefined {
  let event: KeyboardEvent | undefined
  for (const key of keys) {
    event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    Object.defineProperty(event, 'timeStamp', { value: (clock += apart) })
    target.dispatchEvent(event)
  }
  return event
}

test.each(['Enter', 'Tab', 'F8'])('a fast scanner with the suffix %s', (suffix) => {
  type([...'CSQU3054383', suffix], 3)
  expect(heard).toEqual(['CSQU3054383'])
})

test('a slow wireless scanner is heard by its suffix', () => {
  type([...'29712345675', 'Enter'], 90)
  expect(heard).toEqual(['29712345675'])
})

test('a fast scanner without any suffix is heard by the silence, and by the next number', () => {
  type([...'SQ00000001'], 4)
  clock += 200
  type([...'SQ00000002'], 4)
  expect(heard).toEqual(['SQ00000001'])
  vi.advanceTimersByTime(200)
  expect(heard).toEqual(['SQ00000001', 'SQ00000002'])
})

test('a suffix of other signs is taken off', () => {
  type([...'SQ00000001;', 'Enter'], 4)
  expect(heard).toEqual(['SQ00000001'])
})

test('twenty numbers a second with no pause between them are twenty numbers', () => {
  for (let i = 0; i < 20; i++) type([...`SQ${String(i).padStart(8, '0')}`, 'Enter'], 4)
  expect(heard).toHaveLength(20)
})

test('what a hand types into a field stays there, what a scanner typed into it is taken out', () => {
  const field = document.body.appendChild(document.createElement('input'))
  field.addEventListener('keydown', (event) => { if (event.key.length === 1) field.value += event.key })
  type([...'broken seal', 'Enter'], 110, field)
  expect(heard).toEqual([])
  expect(field.value).toBe('broken seal')

  clock += 1000
  type([...'CSQU3054383', 'Enter'], 5, field)
  expect(heard).toEqual(['CSQU3054383'])
  expect(field.value).toBe('broken seal')
})

test('keys with a modifier are no part of a number', () => {
  const event = new KeyboardEvent('keydown', { key: 'v', ctrlKey: true, bubbles: true })
  document.body.dispatchEvent(event)
  type([...'SQ00000001', 'Enter'], 4)
  expect(heard).toEqual(['SQ00000001'])
})
