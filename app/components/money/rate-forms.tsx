import { Form } from '@remix-run/react'
import { CURRENCIES } from '../../domain/currency'
import { MOST_RATES, RATES_HEAD, type RateProblem } from '../../domain/exchange-rate'
import type { FieldProblems } from '../../domain/fault'
import { Button } from '../ui/button'
import { SelectField, TextField } from '../ui/field'
import { Section } from '../ui/page'
import { Table, Td, Th } from '../ui/table'

const OPTIONS = CURRENCIES.map((code) => ({ value: code, label: code }))

/** One rate by hand. `kept`: what was typed before it was refused. */
export function RateForm({ kept, problems }: { kept: Record<string, string>; problems: FieldProblems }) {
  return (
    <Section title="Enter a rate" level={3}>
      <Form method="post" className="space-y-3">
        <input type="hidden" name="act" value="enter" />
        <div className="grid gap-3 xs:grid-cols-2">
          <SelectField
            label="One"
            name="base"
            defaultValue={kept.base ?? 'EUR'}
            error={problems.base}
            options={OPTIONS}
          />
          <SelectField
            label="in"
            name="quote"
            defaultValue={kept.quote ?? 'USD'}
            error={problems.quote}
            options={OPTIONS}
          />
          <TextField
            label="is"
            name="rate"
            inputMode="decimal"
            autoComplete="off"
            hint="At most 12 decimals, as 1.0842"
            defaultValue={kept.rate}
            error={problems.rate}
          />
          <TextField label="On the day" name="day" type="date" defaultValue={kept.day} error={problems.day} />
        </div>
        <TextField
          label="Source"
          name="source"
          hint="Who published it, with its address where there is one"
          defaultValue={kept.source}
          error={problems.source}
        />
        <Button variant="primary">Enter</Button>
      </Form>
    </Section>
  )
}

/** Many rates from a file: all of it, or nothing and what is wrong by line. */
export function RateImport({
  error,
  problems,
}: {
  error?: readonly string[]
  problems: readonly RateProblem[]
}) {
  return (
    <Section title="Import a file" level={3}>
      <Form method="post" encType="multipart/form-data" className="space-y-3">
        <input type="hidden" name="act" value="import" />
        <TextField
          label="File (.csv)"
          name="file"
          type="file"
          accept=".csv,text/csv"
          error={error}
          hint={
            <>
              The first line names the columns <code>{RATES_HEAD}</code>; at most{' '}
              {MOST_RATES.toLocaleString('en')} rates. Unless every line is right, none is taken.
            </>
          }
        />
        <Button>Import</Button>
      </Form>
      {problems.length ? (
        <div className="mt-3">
          <Table caption="What is wrong with the file">
            <thead>
              <tr>
                <Th numeric>Line</Th>
                <Th>Column</Th>
                <Th>Problem</Th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ line, column, text }) => (
                <tr key={`${line} ${column} ${text}`}>
                  <Td numeric>{line}</Td>
                  <Td>{column}</Td>
                  <Td>{text}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      ) : null}
    </Section>
  )
}
