/**
 * A lock for each writer says whether the tab that writes under this name still lives. The browser frees it when the
 * tab is closed or crashes; then another tab may send what was left.
 */
export interface WriterLocks {
  /** Takes the writer's lock and gives what frees it; null when a living tab holds it. */
  take(writer: string): Promise<(() => void) | null>
}

/** Web Locks: between all tabs of the origin. */
export const webLocks: WriterLocks = {
  take: (writer) =>
    new Promise((resolve, reject) => {
      navigator.locks
        .request(`forge:writer:${writer}`, { ifAvailable: true }, (lock) => {
          if (!lock) return resolve(null)
          return new Promise<void>((free) => resolve(free))
        })
        .catch(reject)
    }),
}

/** Within one program. Tests share it between "tabs" and free locks as a crash would. */
export function memoryLocks(): WriterLocks {
  const held = new Set<string>()
  return {
    async take(writer) {
      if (held.has(writer)) return null
      held.add(writer)
      return () => held.delete(writer)
    },
  }
}

/** For a browser without Web Locks: nobody can tell whether a tab lives, so nothing of another tab is touched. */
export const aloneLocks: WriterLocks = {
  take: async (writer) => (madeHere.has(writer) ? () => {} : null),
}

const madeHere = new Set<string>()

/** A new writer's name: unique, and later ones sort after earlier ones. */
export function newWriter(): string {
  const time = Date.now().toString(36).padStart(9, '0')
  const random = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => (byte % 36).toString(36))
  const writer = `w${time}${random.join('')}`
  madeHere.add(writer)
  return writer
}
