import { type Logger, pino } from 'pino'

/**
 * Structured logs on standard output, one JSON object a line. Document text, passwords, cookies and tokens do not
 * belong in them: callers log ids and counts, and what slips through under these names is struck out.
 */
export function createLog(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', '*.password', 'token', '*.token', 'headers.cookie', '*.headers.cookie'],
      censor: '…',
    },
  })
}
