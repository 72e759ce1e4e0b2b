// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { isPicturePaste, tidyPasted } from './paste'

describe('what is pasted', () => {
  it('headings of a page become headings of a section', () => {
    expect(tidyPasted('<h1>One</h1><h2>Two</h2><h6><b>Six</b></h6>').html).toBe(
      '<h2>One</h2><h2>Two</h2><h4><b>Six</b></h4>',
    )
  })

  it('counts pictures that would have to be fetched, and keeps those inside', () => {
    const { html, lost } = tidyPasted(
      '<p>a<img src="https://elsewhere.example/a.png"><img src="file:///b.png"><img src="data:image/png;base64,AAAA"></p>',
    )
    expect(lost).toBe(2)
    expect(html).toBe('<p>a<img src="data:image/png;base64,AAAA"></p>')
  })

  it('leaves everything else as it came', () => {
    const html = '<meta charset="utf-8"><p data-pm-slice="1 1 []">As it was</p>'
    expect(tidyPasted(html)).toEqual({ html, lost: 0 })
  })

  it('cells of a spreadsheet come as a table, not as the picture beside them', () => {
    expect(isPicturePaste('<table><tr><td></td></tr></table>')).toBe(false)
    expect(isPicturePaste('<html><body><!--StartFragment--><p>Text of Word</p></body></html>')).toBe(false)
    expect(isPicturePaste('')).toBe(true)
    expect(isPicturePaste('<meta charset="utf-8"><img src="https://elsewhere.example/a.png">')).toBe(true)
  })
})
