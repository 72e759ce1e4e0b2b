/** What Prometheus reads at /metrics. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { REFUSALS } from '../app/domain/channel-protocol'

export type Metrics = ReturnType<typeof createMetrics>

/** `seconds`: from sending it until its answer. */
type Commit = { entries: number; seconds: number }

/** Counted together at the latest. */
const MOST_COMMITS = 256

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
  /** How this node sees the others; asked when somebody reads the figures. */
  let nodes = () => ({ others: 0, heard: false })
  new Gauge({
    name: 'forge_other_nodes',
    help: 'Other nodes that live, as far as this one hears',
    registers,
    collect() {
      this.set(nodes().others)
    },
  })
  new Gauge({
    name: 'forge_redis_heard',
    help: '1 while what this node tells others by Redis comes back to it',
    registers,
    collect() {
      this.set(nodes().heard ? 1 : 0)
    },
  })
  const commits: Commit[] = []
  const count = () => {
    for (const { entries, seconds } of commits.splice(0)) {
      commitSeconds.observe(seconds)
      batchEntries.observe(entries)
      entriesCommitted.inc(entries)
    }
  }
  const entriesCommitted = new Counter({
    name: 'forge_entries_committed_total',
    help: 'Entries committed, acknowledged and published',
    registers,
    collect: count,
  })
  const commitSeconds = new Histogram({
    name: 'forge_commit_seconds',
    help: 'Time from sending a group commit to its answer',
    buckets: [0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 1, 4],
    registers,
    collect: count,
  })
  const batchEntries = new Histogram({
    name: 'forge_commit_entries',
    help: 'Entries in one group commit',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
    registers,
    collect: count,
  })
  for (const code of REFUSALS) refused.inc({ code }, 0)
  return {
    registry,
    refused,
    /** Counted when somebody reads the figures, or many together: counting each costs as much as an edit's rules. */
    committed(commit: Commit): void {
      if (commits.push(commit) >= MOST_COMMITS) count()
    },
    entriesReadLate: new Counter({
      name: 'forge_entries_read_late_total',
      help: 'Entries of other nodes that were read in the log, because no frame brought them',
      registers,
    }),
    seeNodes: (see: typeof nodes) => {
      nodes = see
    },
    commitsFailed: new Counter({
      name: 'forge_commits_failed_total',
      help: 'Group commits of which nothing was acknowledged',
      registers,
    }),
    droppedSlow: new Counter({
      name: 'forge_slow_readers_dropped_total',
      help: 'Connections ended because too much waited for them; they come back by seq',
      registers,
    }),
    connections: new Gauge({ name: 'forge_connections', help: 'Sockets connected', registers }),
    openChannels: new Gauge({ name: 'forge_open_channels', help: 'Channels known in memory', registers }),
    snapshots: new Counter({ name: 'forge_snapshots_total', help: 'Snapshots written', registers }),
  }
}
