import { CRITERIA, MARKS, RECOMMENDATION_LABEL, type Sheet } from '../../domain/review'
import { Fact, Facts } from '../ui/page'

const inWords = (mark: number | null) =>
  mark === null ? 'does not apply' : `${mark}, ${MARKS[mark as keyof typeof MARKS] ?? ''}`

/** A sheet that was handed in, to be read. `secret`: with the note to the secretariat. */
export function SheetView({ sheet, secret }: { sheet: Sheet; secret: boolean }) {
  return (
    <Facts>
      {CRITERIA.map(({ id, label }) => (
        <Fact key={id} term={label}>
          <span className="font-semibold">{inWords(sheet.marks[id].mark)}</span>
          <span className="block whitespace-pre-wrap">{sheet.marks[id].reason}</span>
        </Fact>
      ))}
      <Fact term="Recommends">{RECOMMENDATION_LABEL[sheet.recommendation]}</Fact>
      <Fact term="To the authors">
        <span className="whitespace-pre-wrap">{sheet.noteToApplicant}</span>
      </Fact>
      {secret && sheet.noteToSecretariat ? (
        <Fact term="To the secretariat">
          <span className="whitespace-pre-wrap">{sheet.noteToSecretariat}</span>
        </Fact>
      ) : null}
    </Facts>
  )
}
