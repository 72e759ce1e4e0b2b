import { Moment } from '../ui/date'
import { Notice } from '../ui/notice'

/** What checking the chain found. */
export function ChainState({
  checked: { count, hash, broken, at },
}: {
  checked: { count: number; hash: string; broken: number | null; at: string }
}) {
  if (broken === null) {
    return (
      <Notice>
        The chain is whole: {count.toLocaleString('en')} entries, checked <Moment at={at} />. The last one’s
        hash, to be kept elsewhere: <code className="break-all text-xs">{hash}</code>
      </Notice>
    )
  }
  return (
    <p role="alert" className="mb-4 border border-red border-l-4 bg-red-wash px-3 py-2 text-sm">
      The chain is broken at entry {broken}: it was altered, or what stood before it was removed or altered.
    </p>
  )
}
