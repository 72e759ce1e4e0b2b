import { createContext, type ReactNode, useContext } from 'react'
import type { Change, HistoryMark, HistoryNode } from '../../domain/history'
import { readRef } from '../../domain/portal-link'
import { SUGGESTED_DELETE, SUGGESTED_INSERT } from '../../domain/suggestion'
import { PortalLinkText } from '../documents/portal-link-text'
import { classNames } from '../ui/class-names'

type Drawing = {
  /** How a run of text is drawn, where it is more than its words: with its author. */
  run: (run: HistoryNode, content: ReactNode) => ReactNode
  /** Whether links can be followed: not where a run is a button itself. */
  links: boolean
}
export const RunDrawing = createContext<Drawing>({ run: (_, content) => content, links: true })

/** The blocks of a section, to be read; what came and went stands in `ins` and `del`. */
export function HistoryText({ blocks }: { blocks: readonly HistoryNode[] }) {
  return (
    <div className="document-text history-text">
      <Nodes nodes={blocks} />
    </div>
  )
}

function Nodes({ nodes = [], change }: { nodes?: readonly HistoryNode[]; change?: Change }) {
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a still text, drawn anew as a whole
    <Node key={index} node={node} change={change ?? node.change} />
  ))
}

function Node({ node, change }: { node: HistoryNode; change: Change | undefined }) {
  if (node.text !== undefined) return <Run node={node} change={change} />
  const content = <Nodes nodes={node.content} change={change} />
  const whole = node.change === 'ins' ? 'came' : node.change === 'del' ? 'went' : undefined
  const number = (name: string, least: number) => {
    const value = Number(node.attrs?.[name])
    return Number.isInteger(value) && value >= least && value < 1000 ? value : undefined
  }
  switch (node.type) {
    case 'paragraph':
      return <p className={whole}>{node.content ? content : <Empty change={change} />}</p>
    case 'heading': {
      const Heading = number('level', 2) === 2 ? 'h3' : 'h4'
      return <Heading className={whole}>{content}</Heading>
    }
    case 'bulletList':
      return <ul className={whole}>{content}</ul>
    case 'orderedList':
      return (
        <ol className={whole} start={number('start', 0)}>
          {content}
        </ol>
      )
    case 'listItem':
      return <li className={whole}>{content}</li>
    case 'blockquote':
      return <blockquote className={whole}>{content}</blockquote>
    case 'table':
      return (
        <div className={classNames('tableWrapper', whole)}>
          <table>
            <tbody>{content}</tbody>
          </table>
        </div>
      )
    case 'tableRow':
      return <tr>{content}</tr>
    case 'tableCell':
    case 'tableHeader': {
      const Cell = node.type === 'tableCell' ? 'td' : 'th'
      return (
        <Cell colSpan={number('colspan', 1)} rowSpan={number('rowspan', 1)}>
          {content}
        </Cell>
      )
    }
    case 'hardBreak':
      return (
        <Changed change={change}>
          {change ? '↵' : null}
          <br />
        </Changed>
      )
    case 'callout':
      return (
        <aside data-callout={node.attrs?.tone === 'warning' ? 'warning' : 'note'} className={whole}>
          {content}
        </aside>
      )
    case 'footnote':
      return (
        <Changed change={change}>
          <small className="text-muted"> [{String(node.attrs?.text ?? '')}]</small>
        </Changed>
      )
    case 'portalLink':
      return (
        <Changed change={change}>
          <PortalLinkText target={readRef(node.attrs)} />
        </Changed>
      )
    case 'horizontalRule':
      return <hr className={whole} />
    case 'image':
      return (
        <div className={whole}>
          <Picture {...node.attrs} change={change} />
        </div>
      )
    default:
      return <div className={whole}>{content}</div>
  }
}

const SAID = { ins: 'Added: ', del: 'Removed: ' } as const

function Picture({ src, alt, change }: { src?: unknown; alt?: unknown; change: Change | undefined }) {
  const words = typeof alt === 'string' ? alt : ''
  if (typeof src !== 'string')
    return (
      <Changed change={change}>
        <em>Picture{words ? `: ${words}` : ''} (not shown here)</em>
      </Changed>
    )
  return <img src={src} alt={(change ? SAID[change] : '') + words} />
}

/** An empty paragraph shows only where it came or went. */
const Empty = ({ change }: { change: Change | undefined }) =>
  change ? <Changed change={change}>¶</Changed> : <br />

function Changed({ change, children }: { change: Change | undefined; children: ReactNode }) {
  if (change === 'ins') return <ins>{children}</ins>
  return change === 'del' ? <del>{children}</del> : children
}

function Run({ node, change }: { node: HistoryNode; change: Change | undefined }) {
  const drawing = useContext(RunDrawing)
  let words: ReactNode = node.text
  for (const mark of node.marks ?? []) words = marked(mark, words, drawing.links)
  return <Changed change={change}>{drawing.run(node, words)}</Changed>
}

function marked({ type, attrs }: HistoryMark, words: ReactNode, links: boolean): ReactNode {
  switch (type) {
    case 'bold':
      return <strong>{words}</strong>
    case 'italic':
      return <em>{words}</em>
    case 'underline':
      return <u>{words}</u>
    case 'strike':
      return <s>{words}</s>
    case 'code':
      return <code>{words}</code>
    case SUGGESTED_INSERT:
      return <ins className="suggested suggested-insert">{words}</ins>
    case SUGGESTED_DELETE:
      return <del className="suggested suggested-delete">{words}</del>
    case 'link':
      return links ? (
        <a href={String(attrs?.href ?? '')} rel="noreferrer noopener" target="_blank">
          {words}
        </a>
      ) : (
        <u>{words}</u>
      )
    default:
      return words
  }
}
