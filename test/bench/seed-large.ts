/** `DATABASE_URL=… npm run seed:large`: fills that database with a large portal, by the product's own code paths. */

import { seedLarge } from './large'
import { LARGE, openLarge } from './large-portal'

const url = process.env.DATABASE_URL
if (!url) {
  process.stderr.write(
    'Set DATABASE_URL to the PostgreSQL database to fill. The portal must not run on it.\n',
  )
  process.exit(1)
}
const { parts, close } = await openLarge(url)
try {
  await seedLarge(parts, LARGE, (line) => process.stdout.write(`${line}\n`))
} finally {
  await close()
}
