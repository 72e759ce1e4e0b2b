/**
 * Who is here on the other nodes. A node numbers what it tells of its people; who misses a number asks it for all of
 * them. A node of which nothing is heard for a while is dead, and its people are not here any more.
 */
import type { PeopleFrame, Person } from '../../../app/domain/channel-protocol'

/** Nothing heard for this long: the node is dead. It says that it lives once a second. */
const SILENT_MS = 4000

type Node = { heardAt: number; nth: number; people: Map<string, Map<string, Person>> }

/** A node that was not heard of before has told something that is not known. */
const NOTHING_KNOWN = -1

export class Others {
  readonly #nodes = new Map<string, Node>()

  get size(): number {
    return this.#nodes.size
  }

  peopleIn(channel: string): Person[] {
    return [...this.#nodes.values()].flatMap(({ people }) => [...(people.get(channel)?.values() ?? [])])
  }

  /** A node lives and has told `nth` changes. Gives whether it has to be asked for all of its people. */
  lives(id: string, nth: number, now: number): boolean {
    return this.#heard(id, now).nth !== nth
  }

  change(id: string, nth: number, { channel, here, left }: PeopleFrame, now: number): void {
    const node = this.#heard(id, now)
    if (nth === node.nth + 1) node.nth = nth
    const people = node.people.get(channel) ?? new Map<string, Person>()
    for (const presence of left) people.delete(presence)
    for (const person of here) people.set(person.presence, person)
    if (people.size > 0) node.people.set(channel, people)
    else node.people.delete(channel)
  }

  /** All of a node's people. Gives what is new in this, by channel. */
  replace(id: string, nth: number, all: readonly [string, Person[]][], now: number): PeopleFrame[] {
    const node = this.#heard(id, now)
    const before = node.people
    node.nth = nth
    node.people = new Map(
      all.map(([channel, people]) => [channel, new Map(people.map((p) => [p.presence, p]))]),
    )
    return [...new Set([...before.keys(), ...node.people.keys()])].map((channel) => {
      const now = node.people.get(channel)
      const left = [...(before.get(channel)?.keys() ?? [])].filter((presence) => !now?.has(presence))
      return { channel, here: [...(now?.values() ?? [])], left }
    })
  }

  /** The node ended. Gives whom it takes with it. */
  drop(id: string): PeopleFrame[] {
    const people = this.#nodes.get(id)?.people ?? []
    this.#nodes.delete(id)
    return [...people].map(([channel, gone]) => ({ channel, here: [], left: [...gone.keys()] }))
  }

  /** Drops the dead. `since`: from when on everything that was told could be heard. */
  dropSilent(now: number, since: number): PeopleFrame[] {
    return [...this.#nodes].flatMap(([id, { heardAt }]) =>
      now - Math.max(heardAt, since) > SILENT_MS ? this.drop(id) : [],
    )
  }

  #heard(id: string, now: number): Node {
    const node = this.#nodes.get(id) ?? { heardAt: now, nth: NOTHING_KNOWN, people: new Map() }
    node.heardAt = now
    this.#nodes.set(id, node)
    return node
  }
}
