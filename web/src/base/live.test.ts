import { describe, expect, it } from 'vitest'
import { LiveText } from './live'

describe('the text of a stream', () => {
  it('gives events when they are whole, whatever pieces they come in', () => {
    const text = new LiveText()

    expect(text.take('event: hel')).toEqual([])
    expect(text.take('lo\ndata: {}\n')).toEqual([])
    expect(text.take('\nevent: command\nid: 7\ndata: {"a":\ndata: 1}\n\nevent: x')).toEqual([
      { event: 'hello', data: '{}' },
      { event: 'command', data: '{"a":\n1}' },
    ])
  })

  it('passes comments by', () => {
    expect(new LiveText().take(':\n\n:\n\nevent: read-anew\ndata: {}\n\n')).toEqual([{ event: 'read-anew', data: '{}' }])
  })
})
