/** A chart taken along: as SVG that stands alone, as PNG, or its table as CSV. In the browser only. */
import { csvOf } from '../../domain/csv'

/** What a drawing needs once it is away from our style sheets. */
const INLINED = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
] as const

/** Room above the drawing for its title, and below for source and date. */
const HEAD = 34
const LINE = 16

/** A copy of the drawing with its title above, notes below, and every style in it. */
function standAlone(
  svg: SVGSVGElement,
  title: string,
  notes: readonly string[],
): { text: string; width: number; height: number } {
  const { width: drawn, height: high } = svg.getBoundingClientRect()
  const [width, height] = [Math.ceil(drawn), Math.ceil(high) + HEAD + notes.length * LINE + 8]
  const copy = svg.cloneNode(true) as SVGSVGElement
  const [from, to] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')]
  from.forEach((element, index) => {
    const target = to[index]
    const style = getComputedStyle(element)
    for (const name of INLINED) target?.setAttribute(name, style.getPropertyValue(name))
    target?.removeAttribute('class')
  })
  const page = getComputedStyle(svg)
  const ground = getComputedStyle(document.documentElement).getPropertyValue('--sheet')
  const outer = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  outer.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  outer.setAttribute('viewBox', `0 0 ${width} ${height}`)
  outer.setAttribute('width', String(width))
  outer.setAttribute('height', String(height))
  const add = (parent: Element, name: string, attributes: Record<string, string | number>, text?: string) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
    if (text) element.textContent = text
    parent.append(element)
    return element
  }
  add(outer, 'rect', { width, height, fill: resolve(ground) })
  const words = { fill: page.color, 'font-family': page.fontFamily }
  add(outer, 'text', { ...words, x: 4, y: 20, 'font-size': 16, 'font-weight': 600 }, title)
  const group = add(outer, 'g', { transform: `translate(0 ${HEAD})` })
  copy.removeAttribute('class')
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(Math.ceil(high)))
  group.append(copy)
  notes.forEach((note, index) => {
    add(outer, 'text', { ...words, x: 4, y: HEAD + high + 12 + index * LINE, 'font-size': 11 }, note)
  })
  return { text: new XMLSerializer().serializeToString(outer), width, height }
}

/** A colour as the browser has worked it out: `light-dark()` means nothing outside the page. */
function resolve(colour: string): string {
  const probe = document.createElement('span')
  probe.style.color = colour
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

function download(blob: Blob, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

export type Taken = {
  /** Of the file, without its ending. */
  name: string
  title: string
  /** Source and date, below the drawing. */
  notes: readonly string[]
}

export function takeSvg(svg: SVGSVGElement, { name, title, notes }: Taken) {
  download(new Blob([standAlone(svg, title, notes).text], { type: 'image/svg+xml' }), `${name}.svg`)
}

/** At twice the size on the screen, for print. */
export async function takePng(svg: SVGSVGElement, { name, title, notes }: Taken) {
  const { text, width, height } = standAlone(svg, title, notes)
  const picture = new Image()
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await picture.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  canvas.getContext('2d')?.drawImage(picture, 0, 0, width * 2, height * 2)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  if (blob) download(blob, `${name}.png`)
}

export function takeCsv(
  name: string,
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
) {
  download(new Blob([csvOf(head, rows)], { type: 'text/csv;charset=utf-8' }), `${name}.csv`)
}
