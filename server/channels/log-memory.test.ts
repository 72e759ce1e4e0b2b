import { logContract } from '../../test/contracts/log-contract'
import { MemoryLog } from './log-memory'

logContract('in memory', async () => {
  const log = new MemoryLog()
  return { log, create: async (channelId) => log.create(channelId) }
})
