/** What comes with a paste from Word, a spreadsheet or a page, made ready for the document's schema. */
import { isKeptImage } from '../../collab/schema/extensions'

/** A page's first heading is heading 2 here: the title of the document is heading 1. */
const HEADINGS: Record<string, string> = { h1: 'h2', h5: 'h4', h6: 'h4' }

/** In: HTML of the clipboard. Out: the HTML to read, and how many pictures it refers to that cannot be kept. */
export function tidyPasted(html: string): { html: string; lost: number } {
  if (!/<(h[156]|img)\b/i.test(html)) return { html, lost: 0 }
  // A document of its own: nothing in it is run, and no picture fetched.
  const pasted = new DOMParser().parseFromString(html, 'text/html')
  for (const heading of pasted.querySelectorAll('h1, h5, h6')) {
    const level = pasted.createElement(HEADINGS[heading.localName] ?? 'h4')
    level.append(...heading.childNodes)
    heading.replaceWith(level)
  }
  const lost = [...pasted.images].filter((image) => !isKeptImage(image.getAttribute('src')))
  for (const image of lost) image.remove()
  return { html: pasted.body.innerHTML, lost: lost.length }
}

/**
 * Whether a paste is meant as its picture. Word and spreadsheets put a picture of the text beside the text: then the
 * text is meant. A picture copied from a page comes with HTML of that picture alone.
 */
export function isPicturePaste(html: string): boolean {
  if (html.trim() === '') return true
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return body.textContent?.trim() === '' && body.querySelector('table') === null
}
