import { describe, expect, it } from 'vitest'
import { type Draft, meet, send, shownText, textOf, typed } from './field-draft'
import { readDecimal } from './read-values'

const asIs = (text: string): unknown => text

describe('a field that several people edit', () => {
  it('shows the document’s value when nobody types', () => {
    expect(shownText(null, 'Copper cathode')).toBe('Copper cathode')
    expect(shownText(null, undefined)).toBe('')
    expect(shownText(null, 2026)).toBe('2026')
  })

  it('keeps what is being typed while a colleague’s value comes', () => {
    const draft = typed('Nickel sul')
    expect(meet(draft, 'Cobalt sulphate')).toBe(draft)
    expect(shownText(meet(draft, 'Cobalt sulphate'), 'Cobalt sulphate')).toBe('Nickel sul')
  })

  it('sends it as it is read, and goes on showing it as it was typed', () => {
    const { draft, set } = send(typed('12 500'), undefined, readDecimal)
    expect(set).toBe('12500')
    expect(shownText(meet(draft, '12500'), '12500')).toBe('12 500')
  })

  it('once sent, a colleague’s later value shows at once', () => {
    const { draft } = send(typed('12 500'), undefined, readDecimal)
    expect(shownText(meet(draft, '13000'), '13000')).toBe('13000')
  })

  it('sends nothing twice, and nothing that is there already', () => {
    const first = send(typed('Cobalt'), undefined, asIs)
    expect(send(first.draft, 'Cobalt', asIs).set).toBeUndefined()
    expect(send(typed(' Cobalt '), 'Cobalt', asIs).set).toBeUndefined()
    expect(send(null, 'Cobalt', asIs).set).toBeUndefined()
  })

  it('an emptied field takes the value away', () => {
    expect(send(typed('   '), 'Cobalt', asIs).set).toBeNull()
    expect(send(typed(''), undefined, asIs).set).toBeUndefined()
  })

  it('goes on typing after sending', () => {
    const sent: Draft = { state: 'sent', text: 'Cob', value: 'Cob' }
    expect(meet(sent, 'Cob')).toBe(sent)
    expect(send(typed('Cobalt'), 'Cob', asIs).set).toBe('Cobalt')
  })

  it('shows even what no field should hold, so that nothing is hidden', () => {
    expect(textOf({ lat: 1 })).toBe('{"lat":1}')
  })
})
