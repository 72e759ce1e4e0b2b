/** A channel and the people of this node who are in it. */
import type { PeopleFrame, Person } from '../../app/domain/channel-protocol'
import type { LiveChannel } from './channel'
import { nextWindow, Presence, WINDOW_MS, windowBeside } from './core/presence'
import type { Told } from './core/told'
import type { Member } from './member'

export class Room {
  readonly live: LiveChannel
  readonly members = new Set<Member>()
  /** Null until somebody has joined, and where no other node writes. */
  told: Told | null = null
  readonly #tellAll: (frame: PeopleFrame) => void
  /** How far commits are apart now, in ms. */
  readonly #distance: () => number
  readonly #presence = new Presence()
  #window = WINDOW_MS
  #timer: NodeJS.Timeout | null = null

  constructor(live: LiveChannel, distance: () => number, tellAll: (frame: PeopleFrame) => void) {
    this.live = live
    this.#distance = distance
    this.#tellAll = tellAll
  }

  get people(): Person[] {
    return this.#presence.people
  }

  show(person: Person): void {
    this.#presence.put(person)
    this.#tellSoon()
  }

  hide(presence: string): void {
    this.#presence.remove(presence)
    this.#tellSoon()
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.#tell(), windowBeside(this.#distance(), this.#window))
  }

  #tell(): void {
    this.#timer = null
    const change = this.#presence.take()
    if (!change) return
    const started = performance.now()
    this.#tellAll({ channel: this.live.id, ...change })
    this.#window = nextWindow(performance.now() - started)
  }
}
