import { account, expect, expectAccessible, fitsWidth, signInByForm, test, watch } from './fixtures'
import { linkInMail } from './mail'

test('sign in, sign out, wrong password', async ({ browser, baseURL, expectConsole }) => {
  expectConsole(/status of 401/)
  const who = account('head', 'Kenya')
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  watch(page)
  await page.goto('/projects?q=Nolans')
  await expect(page).toHaveURL(/sign-in\?to=/)
  await expectAccessible(page)
  await page.getByLabel('Email').fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toContainText('do not belong together')
  await expect(page.getByLabel('Email')).toHaveValue(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(/projects\?q=Nolans/)
  await page.getByRole('button', { name: 'Sign out' }).first().click()
  await expect(page.getByText('You are signed out.')).toBeVisible()
  await page.goto('/desk')
  await expect(page).toHaveURL(/sign-in/)
  await context.close()
})

test('a head invites a colleague, who joins', async ({ signIn, browser, baseURL }) => {
  const { page } = await signIn('head', 'Democratic Republic of the Congo')
  await page.goto('/delegation')
  await expectAccessible(page)
  await page.getByLabel('Email').fill('nadine.tshala@portal.example')
  await page.getByLabel('Role', { exact: true }).selectOption('adviser')
  await page.getByRole('button', { name: 'Send the invitation' }).click()
  await expect(page.getByRole('rowheader', { name: 'nadine.tshala@portal.example' })).toBeVisible()

  const context = await browser.newContext({ baseURL })
  const theirs = await context.newPage()
  watch(theirs)
  await theirs.goto(await linkInMail('nadine.tshala@portal.example', '/invitation/'))
  await expectAccessible(theirs)
  await theirs.getByLabel('Your name').fill('Nadine Tshala')
  await theirs.getByLabel('Password').fill('a long enough password')
  await theirs.getByRole('button', { name: /Accept/ }).click()
  await expect(theirs).toHaveURL(/sign-in|desk/)
  if (/sign-in/.test(theirs.url())) {
    await signInByForm(theirs, {
      ...account('head', 'Kenya'),
      email: 'nadine.tshala@portal.example',
      password: 'a long enough password',
    })
  }
  await expect(theirs.getByRole('heading', { level: 1 })).toContainText('Democratic Republic of the Congo')
  await context.close()
  await page.reload()
  await expect(page.getByRole('rowheader', { name: 'Nadine Tshala' })).toBeVisible()
})

test('a forgotten password is set anew by the link in the mail', async ({ browser, baseURL }) => {
  const who = account('delegate', 'Democratic Republic of the Congo')
  const context = await browser.newContext({ baseURL })
  const page = await context.newPage()
  watch(page)
  await page.goto('/forgot-password')
  await expectAccessible(page)
  await page.getByLabel('Email').fill(who.email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await expect(page.getByText(who.email)).toBeVisible()
  await page.goto(await linkInMail(who.email, '/reset-password'))
  await page.getByLabel('New password').fill('another long password')
  await page.getByRole('button', { name: 'Set the password' }).click()
  await expect(page).toHaveURL(/sign-in/)
  await signInByForm(page, { ...who, password: 'another long password' })
  await context.close()
})

test('the directory is real: search, filters, a partner’s page', async ({ signIn }) => {
  const { page } = await signIn('delegate', 'Kenya')
  await page.getByRole('link', { name: 'Partners' }).first().click()
  await expect(page.getByText('69 partners')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Name or ISO code').fill('Kazakhstan')
  await expect(page).toHaveURL(/q=Kazakhstan/)
  await page.getByRole('link', { name: 'Kazakhstan' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Kazakhstan')
  await expect(page.getByText('U.S.-Kazakhstan MOU').first()).toBeVisible()
  await expect(page.getByText('Not known').first()).toBeVisible()
  await expectAccessible(page)
})

test('announced projects: filters in the address, a page with its source; a delegation enters its own', async ({
  signIn,
  expectConsole,
}) => {
  expectConsole(/status of 422/)
  const { page } = await signIn('delegate', 'Kenya')
  await page.goto('/projects')
  await expectAccessible(page)
  await page.getByLabel('Mineral').selectOption({ label: 'Gallium' })
  await expect(page).toHaveURL(/mineral=gallium/)
  await page.getByRole('link', { name: 'Alcoa-Sojitz Gallium Recovery Project' }).click()
  await expect(page.getByTitle('More than one source says it, independently.')).toBeVisible()
  await expect(page.getByText('AUD').or(page.getByText('USD')).first()).toBeVisible()
  await expectAccessible(page)
  await page.goto('/projects/new')
  await page.getByLabel('Title').fill('ab')
  await page.getByLabel('Latitude').fill('95')
  await page.getByRole('button', { name: 'Enter the project' }).click()
  await expect(page.getByText('The title has at least 3 characters.')).toBeVisible()
  await expect(page.getByText(/Latitude is in degrees from -90 to 90/)).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue('ab')
  await expectAccessible(page)
})

const PLACES = {
  'the records': [
    '/partners',
    '/partners/EU',
    '/agreements/us-jp-2025-10-27',
    '/projects',
    '/projects?view=map',
    '/projects/new',
    '/proposals',
  ],
  'the delegation’s own': [
    '/desk',
    '/documents',
    '/documents/import',
    '/account',
    '/delegation',
    '/no-such-page',
  ],
}
for (const [which, addresses] of Object.entries(PLACES)) {
  for (const [how, options] of Object.entries({
    'wide and light': {},
    'narrow and dark': { width: 360, dark: true },
  })) {
    test(`every page is accessible: ${which}, ${how}`, async ({ signIn, expectConsole }) => {
      expectConsole(/404 \(Not Found\).*no-such-page/)
      const { page } = await signIn('head', 'Japan', options)
      for (const address of addresses) {
        await page.goto(address)
        await expectAccessible(page)
        await fitsWidth(page)
      }
    })
  }
}

test('the secretariat’s desks are accessible', async ({ signIn }) => {
  for (const role of ['coordinator', 'administrator']) {
    const { page } = await signIn(role, 'Secretariat')
    await expectAccessible(page)
  }
})
