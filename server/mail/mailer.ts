import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'
import type { Logger } from 'pino'
import type { Config } from '../config'

export type Mail = { to: string; subject: string; text: string }
export type Mailer = {
  /** Resolves when the mail is with the mail server (or in the folder). Rejects when that failed; nothing is retried. */
  send: (mail: Mail) => Promise<void>
}

/** Sends through `SMTP_URL`; without it every mail becomes a file of `<data>/mail`, and the log says which. */
export function createMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'dataDir'>, log: Logger): Mailer {
  const transport = config.smtpUrl
    ? nodemailer.createTransport(config.smtpUrl)
    : nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  const folder = path.join(config.dataDir, 'mail')
  return {
    async send(mail) {
      const sent = await transport.sendMail({ from: config.mailFrom, ...mail })
      if (config.smtpUrl) return log.info({ messageId: sent.messageId }, 'mail sent')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = path.join(
        folder,
        `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`,
      )
      const bytes: unknown = 'message' in sent ? sent.message : ''
      await writeFile(file, Buffer.isBuffer(bytes) ? bytes : String(bytes), { mode: 0o600 })
      log.warn({ file, subject: mail.subject }, 'mail written to a file: SMTP_URL is not set')
    },
  }
}
