import { useLayoutEffect, useRef, useState } from 'react'
import type * as Y from 'yjs'
import { useField } from '../../collab/react'
import { FIELD_LABEL } from '../../domain/proposal-fields'
import { NO_MAP_YET } from '../map/no-map-yet'
import type { Site } from '../map/projection'
import { TextField } from '../ui/field'
import { late } from '../ui/late'
import { useNear } from '../ui/use-near'
import { problemOf } from './field-problems'
import { readDegrees } from './read-values'

const SiteMap = late(() => import('../map/site-map'), 'The map', NO_MAP_YET)

type Part = 'lat' | 'lon'
type Typed = Partial<Record<Part, string>>

const LABEL: Record<Part, string> = { lat: 'Latitude, degrees', lon: 'Longitude, degrees' }

function isSite(value: unknown): value is Site {
  return typeof value === 'object' && value !== null && problemOf('site', value) === undefined
}

/** Whatever stands in the document for a part, a wrong value included. */
function partOf(value: unknown, part: Part): string {
  if (typeof value !== 'object' || value === null) return ''
  const { lat, lon }: { lat?: unknown; lon?: unknown } = value
  const found = part === 'lat' ? lat : lon
  return found === undefined || found === null ? '' : String(found)
}

/** Where the site is: on a map, or in figures as exact as they are known. The two figures are one value. */
export function FieldSite({ doc, editable }: { doc: Y.Doc; editable: boolean }) {
  const [value, set] = useField<unknown>(doc, 'site')
  const [draft, setDraft] = useState<Typed>({})
  const [problem, setProblem] = useState<string | null>(null)
  const site = isSite(value) ? value : null
  const frame = useRef<HTMLDivElement>(null)
  const near = useNear(frame)
  const shown = (part: Part) => draft[part] ?? partOf(value, part)

  /** Both figures together go into the document; one alone waits for the other. */
  const commit = () => {
    if (draft.lat === undefined && draft.lon === undefined) return
    const texts = [shown('lat').trim(), shown('lon').trim()] as const
    if (texts[0] === '' && texts[1] === '') {
      set(null)
    } else {
      const lat = readDegrees(texts[0], 'S')
      const lon = readDegrees(texts[1], 'W')
      if (lat === null || lon === null)
        return setProblem(
          texts.includes('')
            ? 'A site has a latitude and a longitude.'
            : 'Degrees are numbers, as -4.3521 or 4.3521 S.',
        )
      if (lat !== site?.lat || lon !== site?.lon) set({ lat, lon })
    }
    setProblem(null)
    setDraft({})
  }
  const latest = useRef(commit)
  latest.current = commit
  // As in a line of text: before the document is let go of.
  useLayoutEffect(() => () => latest.current(), [])

  const put = (next: Site | null) => {
    setDraft({})
    setProblem(null)
    set(next)
  }

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-semibold">{FIELD_LABEL.site}</legend>
      <div ref={frame}>
        {near ? <SiteMap site={site} onChange={editable ? put : undefined} /> : NO_MAP_YET}
      </div>
      <div className="mt-2 grid grid-cols-2 gap-3">
        {(['lat', 'lon'] as const).map((part) => (
          <TextField
            key={part}
            label={LABEL[part]}
            name={`site.${part}`}
            inputMode="text"
            autoComplete="off"
            readOnly={!editable}
            value={shown(part)}
            error={part === 'lat' ? (problem ? [problem] : problemOf('site', value)) : undefined}
            onChange={(event) => setDraft({ ...draft, [part]: event.target.value })}
            onBlur={commit}
            onKeyDown={(event) => {
              if (event.key === 'Enter') commit()
              if (event.key === 'Escape') {
                setDraft({})
                setProblem(null)
              }
            }}
          />
        ))}
      </div>
      {editable && value !== undefined ? (
        <button type="button" className="link mt-1 min-h-6 text-xs" onClick={() => put(null)}>
          Take the site away
        </button>
      ) : null}
    </fieldset>
  )
}
