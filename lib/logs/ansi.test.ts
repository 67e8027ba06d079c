import { describe, expect, it } from 'vitest'
import { paletteColor, parseAnsi, stripAnsi } from './ansi.ts'

const esc = '\u001b'

describe('parseAnsi', () => {
  it('leaves plain text as it is', () => {
    expect(parseAnsi('plain')).toEqual([{ text: 'plain', style: {} }])
  })

  it.each([
    [`${esc}[31mred${esc}[0m plain`, [{ color: 1 }, {}]],
    [
      `${esc}[1;4;91mx${esc}[22my`,
      [
        { bold: true, underline: true, color: 9 },
        { underline: true, color: 9 },
      ],
    ],
    [`${esc}[38;5;208mx${esc}[48;2;1;2;255my`, [{ color: 208 }, { color: 208, background: '#0102ff' }]],
    [`${esc}[38:5:208mx`, [{ color: 208 }]],
    [`${esc}[2;3;7mx${esc}[mplain`, [{ dim: true, italic: true, inverse: true }, {}]],
    [`${esc}[38;5;999mx`, [{}]],
    [`${esc}[38mx`, [{}]],
  ])('reads the colours of %j', (text, styles) => {
    expect(parseAnsi(text).map((span) => span.style)).toEqual(styles)
  })

  it('takes links to http and https only', () => {
    const link = (href: string): string => `${esc}]8;;${href}${esc}\\text${esc}]8;;${esc}\\ after`
    expect(parseAnsi(link('https://example.org/a'))).toEqual([
      { text: 'text', style: { href: 'https://example.org/a' } },
      { text: ' after', style: {} },
    ])
    for (const href of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', ' https://a b'])
      expect(parseAnsi(link(href)).every((span) => span.style.href === undefined)).toBe(true)
  })

  it.each([
    [`a${esc}[2Jb${esc}[10;20Hc`, 'abc'],
    [`a${esc}]0;title\u0007b`, 'ab'],
    [`a${esc}Pdevice${esc}\\b`, 'ab'],
    [`a${esc}(Bb`, 'ab'],
    [`a${esc}[31`, 'a'],
    [`a${esc}`, 'a'],
    [`${esc}${esc}${esc}[31mx`, 'x'],
  ])('leaves out what is not a colour: %j', (text, expected) => {
    expect(
      parseAnsi(text)
        .map((span) => span.text)
        .join(''),
    ).toBe(expected)
    expect(stripAnsi(text)).toBe(expected)
  })

  it('never lets an escape through, whatever the text', () => {
    let state = 7
    const random = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return Math.floor((state / 0x100000000) * below)
    }
    const alphabet = [esc, '[', ']', '8', ';', 'm', '\u0007', '\\', 'P', 'a', '3', '1', ' ', ':']
    for (let round = 0; round < 2000; round += 1) {
      const text = Array.from({ length: random(30) }, () => alphabet[random(alphabet.length)]).join('')
      expect(parseAnsi(text).every((span) => !span.text.includes(esc))).toBe(true)
      expect(stripAnsi(text)).not.toContain(esc)
    }
  })

  it('takes no long time over hostile text', () => {
    const text = `${esc}]`.repeat(20_000) + `${esc}[`.repeat(20_000) + `${esc}P`.repeat(20_000)
    expect(stripAnsi(text)).not.toContain(esc)
  })
})

it('knows the colours of the palette', () => {
  expect([
    paletteColor(1),
    paletteColor(16),
    paletteColor(208),
    paletteColor(231),
    paletteColor(232),
  ]).toEqual([null, '#000000', '#ff8700', '#ffffff', '#080808'])
})
