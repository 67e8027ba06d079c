import { expect, test } from 'vitest'
import { inodesOf } from './port-program.ts'

test('only sockets that listen on the port count', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   107        0 27142 1 0000 100 0 0 10 0',
    '   1: 0100007F:1538 0100007F:D431 01 00000000:00000000 00:00000000 00000000   107        0 27143 1 0000 100 0 0 10 0',
    '   2: 00000000:1539 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 27144 1 0000 100 0 0 10 0',
  ].join('\n')
  expect(inodesOf(table, 5432)).toEqual(['27142'])
  expect(inodesOf(table, 80)).toEqual([])
})
