import { type Logger, pino } from 'pino'

/**
 * Structured logs on standard output, one JSON object a line. Document text, passwords, cookies and tokens do not
 * belong in them: callers log ids and counts, and what slips through under these names is struck out.
 */
export function createLog(level: string, to?: { write(line: string): void }): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorForLog },
      redact: {
        paths: ['password', '*.password', 'token', '*.token', 'headers.cookie', '*.headers.cookie'],
        censor: '…',
      },
    },
    to ?? pino.destination(1),
  )
}

/**
 * What of an error goes into the log: a fixed choice. Errors of the database carry more, which may be what somebody
 * wrote: a failed query's values (in Drizzle's message too), the row that broke a rule, the connection itself.
 */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const isQuery = 'query' in error && 'params' in error
  const message = isQuery ? 'a query failed' : error.message
  return {
    type: error.name,
    message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    stack: error.stack?.replace(error.message, message),
    ...(error.cause instanceof Error ? { cause: errorForLog(error.cause) } : {}),
  }
}
