import { type AskDetails, INSTRUMENT_LABEL, type Instrument } from '../../domain/money-instruments'
import type { LimitWarning } from '../../domain/money-limits'
import { Day } from '../ui/date'
import { Fact, Facts } from '../ui/page'
import { Source } from '../ui/source'

type Ask = {
  instrument: Instrument | null
  announcedInstrument: string | null
  announcedStatus: string | null
  announcedDate: string | null
  confidence: string | null
  source: string | null
  currency: string
  purpose: string | null
  details: AskDetails | null
  letterExpiresOn: string | null
  resumeOn: string | null
}

/** What is asked for, or what was announced in its source's words. */
export function AskFacts({ ask, warnings }: { ask: Ask; warnings: readonly LimitWarning[] }) {
  const { purchase = null, tenorYears = null } = ask.details ?? {}
  return (
    <>
      <Facts>
        <Fact term="Instrument">
          {ask.instrument ? INSTRUMENT_LABEL[ask.instrument] : (ask.announcedInstrument ?? 'not given')}
        </Fact>
        <Fact term="Currency">{ask.currency}</Fact>
        {ask.purpose ? <Fact term="Use of proceeds">{ask.purpose}</Fact> : null}
        {tenorYears ? <Fact term="Tenor">{tenorYears} years</Fact> : null}
        {ask.letterExpiresOn ? (
          <Fact term="Letter of interest holds until">
            <Day date={ask.letterExpiresOn} />
          </Fact>
        ) : null}
        {ask.resumeOn ? (
          <Fact term="On hold until">
            <Day date={ask.resumeOn} />
          </Fact>
        ) : null}
        {purchase ? (
          <>
            <Fact term="Quantity">{purchase.quantityTonnes} t contained</Fact>
            <Fact term="Grade">{purchase.grade || 'not given'}</Fact>
            <Fact term="Price formula">{purchase.priceFormula}</Fact>
            <Fact term="Delivery window">
              <Day date={purchase.deliveryFrom} /> to <Day date={purchase.deliveryTo} />
            </Fact>
            {purchase.storage ? <Fact term="Storage">{purchase.storage}</Fact> : null}
            {purchase.releaseRule ? <Fact term="Release rule">{purchase.releaseRule}</Fact> : null}
          </>
        ) : null}
        {ask.announcedStatus || ask.announcedInstrument ? (
          <Fact term="As announced">
            {[ask.announcedInstrument, ask.announcedStatus].filter(Boolean).join(', ')}
            {ask.announcedDate ? ` (${ask.announcedDate})` : ''}
          </Fact>
        ) : null}
        {ask.confidence ? <Fact term="Corroboration">{ask.confidence}</Fact> : null}
        {ask.source ? (
          <Fact term="Source">
            <Source text={ask.source} />
          </Fact>
        ) : null}
      </Facts>
      {warnings.length > 0 ? (
        <ul className="mt-3 space-y-1 border border-ochre border-l-4 bg-ochre-wash px-3 py-2 text-sm">
          {warnings.map(({ text, source, asOf }) => (
            <li key={text}>
              {text} As published ({asOf}): <Source text={source} />
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}
