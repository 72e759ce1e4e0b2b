/** What Prometheus reads at /metrics. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { REFUSALS } from '../app/domain/channel-protocol'

export type Metrics = ReturnType<typeof createMetrics>

export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const refused = new Counter({
    name: 'forge_entries_refused_total',
    help: 'Entries and joins refused, by code',
    labelNames: ['code'],
    registers,
  })
  for (const code of REFUSALS) refused.inc({ code }, 0)
  return {
    registry,
    refused,
    entriesCommitted: new Counter({
      name: 'forge_entries_committed_total',
      help: 'Entries committed, acknowledged and published',
      registers,
    }),
    commitsFailed: new Counter({
      name: 'forge_commits_failed_total',
      help: 'Group commits of which nothing was acknowledged',
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'forge_commit_seconds',
      help: 'Time from sending a group commit to its answer',
      buckets: [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 1, 4],
      registers,
    }),
    batchEntries: new Histogram({
      name: 'forge_commit_entries',
      help: 'Entries in one group commit',
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
      registers,
    }),
    connections: new Gauge({ name: 'forge_connections', help: 'Sockets connected', registers }),
    openChannels: new Gauge({ name: 'forge_open_channels', help: 'Channels known in memory', registers }),
    snapshots: new Counter({ name: 'forge_snapshots_total', help: 'Snapshots written', registers }),
  }
}
