type Sent = Readonly<Record<string, string>>
type Shown = {
  may: readonly string[]
  asks: boolean
  opensSilence: boolean
  mayAnswer: boolean
  questions: readonly { id: string; answer: string | null }[]
}

/** What was typed into a form that is not on the page any more; null where it is there still. */
export function leftWithout(sent: Sent, { may, asks, opensSilence, mayAnswer, questions }: Shown) {
  const [text, isThere] = sent.move
    ? [sent.reason, may.includes(sent.move)]
    : sent.act === 'silence'
      ? [sent.text, opensSilence]
      : sent.act === 'answer'
        ? [sent.answer, mayAnswer && questions.some(({ id, answer }) => id === sent.question && !answer)]
        : [sent.act === 'ask' ? sent.text : undefined, asks]
  return isThere || !text?.trim() ? null : text
}
