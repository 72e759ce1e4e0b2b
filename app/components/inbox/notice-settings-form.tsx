import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { FieldProblems } from '../../domain/fault'
import {
  type Choices,
  kindsOf,
  NOTICE_TOPICS,
  type NoticeKind,
  noticeKind,
  TOPICS,
  WAY_LABEL,
  wayOf,
  waysOf,
} from '../../domain/notices'
import { Button } from '../ui/button'
import { SelectField } from '../ui/field'
import { FormErrors } from '../ui/form-errors'
import { Section } from '../ui/page'
import { Table, Td, Th } from '../ui/table'

const ZONES =
  typeof Intl.supportedValuesOf === 'function' ? ['UTC', ...Intl.supportedValuesOf('timeZone')] : ['UTC']
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))

type Settings = { zone: string; hour: number; choices: Choices; chosen: boolean }

/** Each kind with its way, by topic; the zone and the hour of the digest. */
export function NoticeSettingsForm({ settings, problems }: { settings: Settings; problems: FieldProblems }) {
  const { zone, hour, choices, chosen } = settings
  const own = useOwnZone(zone, chosen)
  return (
    <Form method="post">
      <FormErrors message={null} fields={problems} />
      <Section title="Daily digest">
        <div className="grid max-w-prose gap-3 sm:grid-cols-2">
          <SelectField
            key={own}
            label="Time zone"
            name="zone"
            defaultValue={own}
            error={problems.zone}
            options={[...new Set([own, ...ZONES])].map((value) => ({
              value,
              label: value.replaceAll('_', ' '),
            }))}
          />
          <SelectField
            label="Hour"
            name="hour"
            defaultValue={String(hour)}
            error={problems.hour}
            options={HOURS}
            hint="Once a day, of what you have not read by then."
          />
        </div>
      </Section>
      {TOPICS.map((topic) => (
        <Section key={topic} title={NOTICE_TOPICS[topic]}>
          <Table caption={NOTICE_TOPICS[topic]} stack>
            <thead>
              <tr>
                <Th>What happens</Th>
                <Th className="w-64">How you are told</Th>
              </tr>
            </thead>
            <tbody>
              {kindsOf(topic).map((kind) => (
                <KindRow key={kind} kind={kind} choices={choices} problems={problems} />
              ))}
            </tbody>
          </Table>
        </Section>
      ))}
      <Button variant="primary">Keep</Button>
    </Form>
  )
}

function KindRow({
  kind,
  choices,
  problems,
}: {
  kind: NoticeKind
  choices: Choices
  problems: FieldProblems
}) {
  const { label, actionable } = noticeKind(kind)
  return (
    <tr>
      <Td>
        {label}
        {actionable ? (
          <span className="block text-xs text-muted">Asks for something: at the latest in the digest.</span>
        ) : null}
      </Td>
      <Td label="How you are told">
        <SelectField
          label={label}
          hideLabel
          name={`way.${kind}`}
          defaultValue={wayOf(choices, kind)}
          error={problems[`way.${kind}`]}
          options={waysOf(kind).map((way) => ({ value: way, label: WAY_LABEL[way] }))}
        />
      </Td>
    </tr>
  )
}

/** Whoever chose no zone yet is offered the one that their device is in. */
function useOwnZone(zone: string, chosen: boolean): string {
  const [own, setOwn] = useState(zone)
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    setOwn(chosen || !ZONES.includes(timeZone) ? zone : timeZone)
  }, [zone, chosen])
  return own
}
