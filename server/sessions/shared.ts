import type { Database } from '../../db/connection'

type Read<Found> = (db: Database, id: string) => Promise<Found>
/** `over`: when what is being read has been. `next`: for those who asked meanwhile. */
type Reading<Found> = { over: Promise<void>; next: Promise<Found> | null }

/**
 * Reads what several ask for at one moment once: whoever asks while it is being read gets what is read after that, so that
 * nobody gets what stood before they asked.
 */
export function shared<Found>(read: Read<Found>): Read<Found> {
  const all = new WeakMap<Database, Map<string, Reading<Found>>>()
  return (db, id) => {
    const readings = all.get(db) ?? new Map<string, Reading<Found>>()
    all.set(db, readings)
    const begin = (): Promise<Found> => {
      const found = read(db, id)
      const end = () => {
        if (reading.next === null) readings.delete(id)
      }
      const reading: Reading<Found> = { over: found.then(end, end), next: null }
      readings.set(id, reading)
      return found
    }
    const under = readings.get(id)
    if (!under) return begin()
    under.next ??= under.over.then(begin)
    return under.next
  }
}
