import { readFile } from 'node:fs/promises'
import JSZip from 'jszip'
import { expect, type Someone, test } from './fixtures'

const TEXT = 'test/fixtures/texts/2025-10-27-united-states-japan.md'

async function importFile(
  { page }: Someone,
  file: string | { name: string; mimeType: string; buffer: Buffer },
) {
  await page.goto('/documents/import')
  await page.getByLabel('File').setInputFiles(file)
  await page.getByRole('button', { name: 'Import' }).click()
}

test('an agreement text is imported, edited, exported as Word and PDF, and the Word file imported again', async ({
  signIn,
}) => {
  const kenya = await signIn('head', 'Kenya')
  const { page } = kenya
  await importFile(kenya, TEXT)
  await page.waitForURL(/documents\/[0-9a-f-]{36}$/)
  const text = page.getByRole('textbox', { name: 'Text' })
  await expect(text).toContainText(
    'critical minerals and rare earths are essential for the production of advanced technologies',
  )
  await text.click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('Annotated by Kenya. ')
  await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()

  const word = await download(page, 'Word file')
  expect(word.name).toMatch(/ v\d+\.docx$/)
  const zip = await JSZip.loadAsync(word.bytes)
  expect(await zip.file('word/document.xml')?.async('string')).toContain('Annotated by Kenya.')
  expect(await zip.file('word/header1.xml')?.async('string')).toContain('TLP:RED')
  const pdf = await download(page, 'PDF')
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-')

  await importFile(kenya, { name: 'again.docx', mimeType: 'application/octet-stream', buffer: word.bytes })
  await page.waitForURL(/documents\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('textbox', { name: 'Text' })).toContainText('Annotated by Kenya.')
})

async function download(page: Someone['page'], link: string) {
  const [got] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ])
  return { name: got.suggestedFilename(), bytes: await readFile(await got.path()) }
}

test('a file that cannot be taken is refused in words, and what was typed stays', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/status of 422/)
  const { page } = await signIn('delegate', 'Kenya')
  await page.goto('/documents/import')
  await page.getByLabel('Title').fill('My title')
  await page
    .getByLabel('File')
    .setInputFiles({ name: 'a.docx', mimeType: 'x', buffer: Buffer.from('no zip at all') })
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByText('Only Word (.docx) and Markdown (.md) files are taken')).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue('My title')
})
