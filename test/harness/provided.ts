import 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database of the run's server, to create others from. */
    serverUrl: string
    /** A migrated, empty database: the template of every test's own. */
    template: string
  }
}
