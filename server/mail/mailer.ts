import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import type { Config } from '../config'

export type Mail = { to: string; subject: string; text: string; html?: string }
export type Mailer = {
  /** Resolves when the mail is with the mail server (or in the folder). Rejects when that failed; nothing is retried. */
  send: (mail: Mail) => Promise<void>
  /** Sends without being waited for; a failure reaches the log. */
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
  const send = config.smtpUrl
    ? bySmtp(config.smtpUrl, config.mailFrom, log)
    : intoFolder(path.join(config.dataDir, 'mail'), config.mailFrom, log)
  const underWay = new Set<Promise<void>>()
  return {
    send,
    sendLater(mail) {
      const sending = send(mail)
        .catch((err: unknown) => log.error({ err, subject: mail.subject }, 'a mail could not be sent'))
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

function intoFolder(folder: string, from: string, log: Logger): Mailer['send'] {
  // 8bit: quoted-printable would break a link over two lines of the file, and people copy it from there.
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return async (mail) => {
    const { message } = await transport.sendMail({ from, encoding: '8bit', ...mail })
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const at = new Date().toISOString().replaceAll(':', '-')
    const file = path.join(folder, `${at}-${randomUUID().slice(0, 8)}.eml`)
    if (!Buffer.isBuffer(message)) throw new Error('the mail was not composed into one buffer')
    await writeFile(file, message, { mode: 0o600, flag: 'wx' })
    log.warn({ file, subject: mail.subject }, 'mail written to a file: SMTP_URL is not set')
  }
}
