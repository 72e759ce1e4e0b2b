import { expect, test } from 'vitest'
import { csvOf } from './csv'

test('quotes, line ends and commas are kept; nothing runs as a formula; numbers stay numbers', () => {
  expect(
    csvOf(
      ['a', 'b'],
      [
        ['x,"y"\n', -3],
        ['=1+1', null],
        ['+44', '@x'],
      ],
    ),
  ).toBe('\uFEFFa,b\r\n"x,""y""\n",-3\r\n\'=1+1,\r\n\'+44,\'@x\r\n')
})
