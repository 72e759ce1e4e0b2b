import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  centredOn,
  decimalsAt,
  HEIGHT,
  isInSight,
  locate,
  middleOf,
  place,
  spoken,
  step,
  viewOf,
  WHOLE,
  WIDTH,
  within,
  zoom,
} from './projection'

const lat = fc.double({ min: -89.9, max: 89.9, noNaN: true })
const lon = fc.double({ min: -179.9, max: 179.9, noNaN: true })

describe('a place and its degrees', () => {
  it('every site on Earth comes back from the drawing to what it was', () => {
    fc.assert(
      fc.property(lat, lon, (north, east) => {
        const at = place(north, east)
        expect(at).not.toBeNull()
        const back = at && locate(at[0], at[1], 4)
        // Near the poles all meridians lie close together, and a unit of the drawing is many degrees.
        expect(back?.lat).toBeCloseTo(north, 2)
        if (Math.abs(north) < 85) expect(back?.lon).toBeCloseTo(east, 2)
      }),
    )
  })

  it('the middle of the drawing is 0, 0', () => {
    expect(locate(WIDTH / 2, HEIGHT / 2)).toEqual({ lat: 0, lon: 0 })
  })

  it('beside the globe there is no site', () => {
    expect(locate(3, 3)).toBeNull()
    expect(locate(WIDTH - 3, HEIGHT - 3)).toBeNull()
  })

  it('what is no place on Earth is not drawn', () => {
    expect(place(91, 0)).toBeNull()
    expect(place(0, Number.NaN)).toBeNull()
  })

  it('a click is as exact as the map is close', () => {
    expect([1, 8, 64].map(decimalsAt)).toEqual([2, 3, 4])
  })
})

describe('moving a pin', () => {
  it('goes over the date line and stops at the poles', () => {
    expect(step({ lat: 0, lon: 179.5 }, 0, 1)).toEqual({ lat: 0, lon: -179.5 })
    expect(step({ lat: 0, lon: -179.5 }, 0, -1)).toEqual({ lat: 0, lon: 179.5 })
    expect(step({ lat: 89.5, lon: 10 }, 1, 0)).toEqual({ lat: 90, lon: 10 })
  })

  it('adds no dust of binary fractions', () => {
    expect(step({ lat: 0.1, lon: 0.1 }, 0.2, 0.2)).toEqual({ lat: 0.3, lon: 0.3 })
  })

  it('is read out by hemisphere', () => {
    expect(spoken({ lat: -4.35, lon: 39.37 })).toBe('4.35° S, 39.37° E')
    expect(spoken({ lat: 38.5, lon: -122 })).toBe('38.5° N, 122° W')
  })
})

describe('the part in sight', () => {
  const view = fc.record({
    x: fc.double({ min: -2000, max: 2000, noNaN: true }),
    y: fc.double({ min: -2000, max: 2000, noNaN: true }),
    scale: fc.double({ min: 0.01, max: 500, noNaN: true }),
  })

  it('never leaves the world', () => {
    fc.assert(
      fc.property(view, (any) => {
        const { x, y, scale } = within(any)
        expect(x).toBeGreaterThanOrEqual(0)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(x + WIDTH / scale).toBeLessThanOrEqual(WIDTH + 1e-6)
        expect(y + HEIGHT / scale).toBeLessThanOrEqual(HEIGHT + 1e-6)
      }),
    )
  })

  it('zooming keeps the place under the pointer', () => {
    const before = zoom(WHOLE, 4, 500, 200)
    const after = zoom(before, 2, 510, 210)
    const onScreen = ({ x, scale }: typeof after) => (510 - x) * scale
    expect(onScreen(after)).toBeCloseTo(onScreen(before), 6)
  })

  it('shows every place it is made for', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(lat, lon), { minLength: 1, maxLength: 20 }), (sites) => {
        const places = sites.flatMap(([north, east]) => {
          const at = place(north, east)
          return at ? [at] : []
        })
        const { x, y, scale } = viewOf(places)
        for (const [px, py] of places) {
          expect(px).toBeGreaterThanOrEqual(x - 1e-6)
          expect(px).toBeLessThanOrEqual(x + WIDTH / scale + 1e-6)
          expect(py).toBeGreaterThanOrEqual(y - 1e-6)
          expect(py).toBeLessThanOrEqual(y + HEIGHT / scale + 1e-6)
        }
      }),
    )
  })

  it('without places it is the whole world', () => {
    expect(viewOf([])).toEqual(WHOLE)
  })

  it('centres, and knows what is in sight', () => {
    const close = centredOn(500, 200, 8)
    expect(middleOf(close)[0]).toBeCloseTo(500)
    expect(middleOf(close)[1]).toBeCloseTo(200)
    expect(isInSight(close, 500, 200)).toBe(true)
    expect(isInSight(close, 100, 200)).toBe(false)
  })
})
