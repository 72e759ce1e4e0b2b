import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import type { Config } from '../config'

export type Mail = { to: string; subject: string; text: string }
export type Mailer = {
  /** Resolves when the mail is with the mail server (or in the folder). Rejects when that failed; nothing is retried. Failures are logged. */
  send: (mail: Mail) => Promise<void>
  /** Sends without being waited for. */
  sendLater: (mail: Mail) => void
  /** Resolves when nothing is on its way any more: for a stop. */
  settled: () => Promise<void>
}

/** A mail server that does not answer is given up after this long. */
const TIMEOUT_MS = 15_000

/**
 * Sends through `SMTP_URL`; without it every mail becomes a file of `<data>/mail` (readable by its owner only, as it
 * holds links that open accounts), and the log says which.
 */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>, log: Logger): Mailer {
  const deliver = config.smtpUrl
    ? bySmtp(config.smtpUrl, config.mailFrom, log)
    : intoFolder(path.join(config.dataDir, 'mail'), config.mailFrom, log)
  async function send(mail: Mail) {
    try {
      await deliver(mail)
    } catch (err) {
      log.error({ err, subject: mail.subject }, 'a mail could not be sent')
      throw err
    }
  }
  const underWay = new Set<Promise<void>>()
  return {
    send,
    sendLater(mail) {
      const sending = send(mail)
        // It is in the log.
        .catch(() => {})
        .finally(() => underWay.delete(sending))
      underWay.add(sending)
    },
    async settled() {
      await Promise.all(underWay)
    },
  }
}

function bySmtp(url: string, from: string, log: Logger): Mailer['send'] {
  const transport = nodemailer.createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  })
  return async (mail) => {
    const { messageId } = await transport.sendMail({ from, ...mail })
    log.info({ messageId }, 'mail sent')
  }
}

/** Written here rather than by nodemailer, which breaks a long link over two lines: people copy it from the file. */
function intoFolder(folder: string, from: string, log: Logger): Mailer['send'] {
  return async ({ to, subject, text }) => {
    const at = new Date()
    const id = randomUUID()
    const headers = {
      From: from,
      To: to,
      Subject: subject,
      Date: at.toUTCString().replace('GMT', '+0000'),
      'Message-ID': `<${id}@portal.invalid>`,
      'MIME-Version': '1.0',
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Transfer-Encoding': '8bit',
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${oneLine(value)}\n`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const file = path.join(folder, `${at.toISOString().replaceAll(':', '-')}-${id.slice(0, 8)}.eml`)
    await writeFile(file, `${lines.join('')}\n${text}`, { mode: 0o600, flag: 'wx' })
    log.warn({ file, subject }, 'mail written to a file: SMTP_URL is not set')
  }
}

/** A name with a line break in it must not become a header of its own. */
const oneLine = (value: string) => value.replace(/[\r\n]+/g, ' ')
