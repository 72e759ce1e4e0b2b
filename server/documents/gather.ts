/**
 * Turns questions that are asked one by one, in the same turn of the event loop, into one question for all of them.
 * The first and the last of a turn wait equally; each rejects when the one question does.
 */
export function gather<Answer>(
  answer: (keys: readonly string[]) => Promise<ReadonlyMap<string, Answer>>,
): (key: string) => Promise<Answer | null> {
  let keys = new Set<string>()
  let answers: Promise<ReadonlyMap<string, Answer>> | null = null
  const ask = async () => {
    await new Promise<void>((resolve) => setImmediate(resolve))
    const asked = [...keys]
    keys = new Set()
    answers = null
    return answer(asked)
  }
  return async (key) => {
    keys.add(key)
    answers ??= ask()
    return (await answers).get(key) ?? null
  }
}
