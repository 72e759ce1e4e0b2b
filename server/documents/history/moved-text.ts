/** Text that one entry takes from one place and puts in another, as the editor does when a paragraph is parted. Pure. */

/** Shorter pieces are as likely typed anew. */
const SHORTEST_PIECE = 8
/** Of longer texts only the whole is looked for. */
const MOST_WORK = 4_000_000

export type Piece = { from: number; to: number; length: number }

/** Pieces of `came` that stand in `went`, from left to right: where they stood, where they stand. */
export function movedPieces(went: string, came: string): Piece[] {
  if (came.length === 0 || went.length === 0) return []
  const whole = came.length >= SHORTEST_PIECE || came.length === went.length ? went.indexOf(came) : -1
  if (whole >= 0) return [{ from: whole, to: 0, length: came.length }]
  if (went.length * came.length > MOST_WORK) return []
  const pieces: Piece[] = []
  for (let to = 0; to + SHORTEST_PIECE <= came.length; ) {
    const from = isHalf(came, to) ? -1 : went.indexOf(came.slice(to, to + SHORTEST_PIECE))
    if (from < 0) {
      to++
      continue
    }
    let length = SHORTEST_PIECE
    while (to + length < came.length && came[to + length] === went[from + length]) length++
    if (isHalf(came, to + length)) length--
    pieces.push({ from, to, length })
    to += length
  }
  return pieces
}

/** Whether a cut there would part a character that takes two units. */
const isHalf = (text: string, place: number) => /^[\udc00-\udfff]/.test(text.slice(place, place + 1))
