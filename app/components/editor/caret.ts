/** A colleague's caret: a bar in their colour, under it their flag, name and delegation. */
export function drawCaret(user: Record<string, unknown>): HTMLElement {
  const color = typeof user.color === 'string' ? user.color : '#444444'
  const caret = window.document.createElement('span')
  caret.className = 'caret'
  caret.style.setProperty('--caret', color)
  const label = window.document.createElement('span')
  label.className = 'caret-label'
  if (typeof user.partnerIso2 === 'string' && /^[A-Z]{2}$/.test(user.partnerIso2)) {
    const flag = window.document.createElement('img')
    flag.src = `/flags/${user.partnerIso2.toLowerCase()}.svg`
    flag.alt = ''
    flag.width = 16
    flag.height = 12
    label.append(flag)
  }
  const name = typeof user.name === 'string' ? user.name : 'Somebody'
  const organization = typeof user.organization === 'string' ? user.organization : ''
  label.append(organization ? `${name}, ${organization}` : name)
  caret.append(label)
  return caret
}
