import { describe, expect, it } from 'vitest'
import type { Status } from '../../collab/document-types'
import { saveWords } from './save-words'

const status = (of: Partial<Status>): Status => ({
  state: 'saved',
  synced: true,
  pending: 0,
  kept: 'browser',
  storing: false,
  refused: null,
  aside: null,
  lastSavedAt: null,
  reason: null,
  ...of,
})

describe('the save indicator', () => {
  it.each([
    [{ state: 'saved' }, 'Saved'],
    [{ state: 'saving', pending: 3 }, 'Saving…'],
    [{ state: 'offline' }, 'Offline'],
    [{ state: 'offline', pending: 1 }, 'Offline, 1 change kept here'],
    [{ state: 'offline', pending: 1, storing: true }, 'Offline, keeping 1 change here…'],
    [{ state: 'offline', pending: 12 }, 'Offline, 12 changes kept here'],
    [{ state: 'offline', pending: 2, kept: 'memory' }, 'Offline, 2 changes kept in this tab only'],
    [{ state: 'refused', refused: { count: 2, code: 'forbidden', reason: '' } }, 'Not saved: 2 changes'],
    [{ state: 'aside', aside: { count: 2, lead: 'Kenya' } }, 'Kept aside: 2 changes'],
    [{ state: 'closed' }, 'Closed'],
    [{ state: 'connecting', synced: false }, 'Connecting…'],
  ] as const)('%j', (of, words) => expect(saveWords(status(of))).toBe(words))
})
