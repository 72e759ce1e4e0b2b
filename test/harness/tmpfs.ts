/** Small disks for tests: only root may have them, and not in every container. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Mounts a disk of a `size` as mount(8) takes it; false where that is not possible. */
export const mount = (at: string, size: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', at], { stdio: 'ignore' })
    .status === 0

export const unmount = (at: string): void => void spawnSync('umount', [at], { stdio: 'ignore' })

/** Whether `mount` would do here. */
export const isTmpfsPossible = tried()

function tried(): boolean {
  const at = mkdtempSync(path.join(tmpdir(), 'forge-tmpfs-'))
  const isDone = mount(at, '1m')
  if (isDone) unmount(at)
  rmdirSync(at)
  return isDone
}
