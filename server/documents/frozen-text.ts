import type { HistorySection } from '../../app/domain/history'
import type { DocumentWorker } from './worker-client'

/** The text of one body as it was frozen: `data` is one Yjs update. Out: its sections, to be shown as history shows them. */
export async function frozenText(
  documents: Pick<DocumentWorker, 'run'>,
  { data, at }: { data: Uint8Array; at: Date },
  organizationId: string,
  minerals: Record<string, string>,
): Promise<HistorySection[]> {
  const line = { seq: 1, userId: '', organizationId, at: at.getTime(), length: data.length }
  const shown = await documents.run('history', {
    log: { data: new Uint8Array(data), lines: [line], owners: [], restores: [] },
    ...{ kind: 'text', at: 1, from: 1, compare: false, minerals },
  })
  return shown.sections
}
