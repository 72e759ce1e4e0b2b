import { useEffect, useState } from 'react'
import { z } from 'zod'
import { Button } from '../ui/button'
import { Moment } from '../ui/date'
import { TextField } from '../ui/field'
import { Section } from '../ui/page'
import { useRoomView } from './room-context'

const answer = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      handId: z.string().nullable(),
      text: z.string(),
      at: z.string(),
      by: z.string(),
      of: z.string(),
    }),
  ),
})
export type Message = z.infer<typeof answer>['messages'][number]

/** What was written to the chair, as far as the reader may read it; looked at again when something was. */
export function useMessages(sessionId: string, count: number, points: number): readonly Message[] {
  const [messages, setMessages] = useState<readonly Message[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: counts change when there is something new to read
  useEffect(() => {
    let gone = false
    fetch(`/sessions/${sessionId}/messages`)
      .then((reply) => reply.json())
      .then((body) => {
        const read = answer.safeParse(body)
        if (!gone && read.success) setMessages(read.data.messages)
      })
      .catch(() => {})
    return () => {
      gone = true
    }
  }, [sessionId, count, points])
  return messages
}

/** A line to the chair: read by whoever runs the session, and by its writer. */
export function Messages({ messages }: { messages: readonly Message[] }) {
  const { ask, who } = useRoomView()
  const [key, setKey] = useState(0)
  return (
    <Section title={who.may.run ? 'To the chair' : 'Write to the chair'}>
      {messages.length > 0 ? (
        <ul className="max-h-64 divide-y divide-rule overflow-y-auto border-y border-rule bg-sheet">
          {messages.map((one) => (
            <li key={one.id} className="px-3 py-1.5 text-sm">
              <p className="text-xs text-muted">
                {one.of}, {one.by}, <Moment at={one.at} />
                {one.handId ? ', point of order' : null}
              </p>
              <p className="whitespace-pre-wrap">{one.text}</p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-sm text-muted">Nothing was written to the chair.</p>
      )}
      <form
        key={key}
        className="mt-2 flex items-end gap-2"
        onSubmit={async (event) => {
          event.preventDefault()
          const text = String(new FormData(event.currentTarget).get('text'))
          if ((await ask({ act: 'message', text })).ok) setKey((before) => before + 1)
        }}
      >
        <TextField label="Message" name="text" required maxLength={2000} className="flex-1" />
        <Button size="md">Send</Button>
      </form>
    </Section>
  )
}
