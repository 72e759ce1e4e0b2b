/**
 * What an account has not sent from this browser: asked before signing out, which deletes it, and on the next sign-in,
 * when it is sent from wherever the person is. Small: pages that write nothing load only this.
 */
import { tabStore } from './tab-store'

/** How many changes of the account are kept in this browser and not committed, those refused included. */
export async function unsentWork(account: string): Promise<number> {
  const counts = await countsOf(account)
  const { unsentInMemory } = await import('./document')
  return [...counts.values()].reduce((sum, count) => sum + count, unsentInMemory(account))
}

/** Deletes what is kept for the account in this browser and stops what this tab still sends: on signing out. */
export async function clearAccount(account: string): Promise<void> {
  const { abandonDocuments } = await import('./document')
  abandonDocuments(account)
  await tabStore()
    .clear(account)
    .catch(() => {
      // Where nothing can be kept, there is nothing to clear.
    })
}

/** Sends what earlier tabs of the account left behind, without opening a page for it. Gives the channels' ids. */
export async function sendUnsent(account: string): Promise<string[]> {
  const channels = [...(await countsOf(account)).keys()]
  if (channels.length === 0) return []
  const [{ sendLeft }, { tabConnection }] = await Promise.all([import('./document'), import('./tab')])
  for (const channelId of channels) sendLeft({ connection: tabConnection(account), channelId, account })
  return channels
}

const countsOf = (account: string): Promise<Map<string, number>> =>
  tabStore()
    .counts(account)
    .catch(() => new Map<string, number>())
