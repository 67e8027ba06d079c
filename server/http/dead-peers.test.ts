import { expect, test } from 'vitest'
import { unanswered } from './dead-peers.ts'

const head =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const line = (remote: string, state: string, resends: string): string =>
  `   1: 0100007F:0BB8 ${remote} ${state} 00000012:00000000 01:00000A1B ${resends}     0        0 12345 2 0000000000000000 20 4 30 10 -1`

test('connections that were resent to in vain are told by their ends', () => {
  const table = [
    head,
    line('0202000A:C350', '01', '00000008'),
    line('0302000A:C351', '01', '00000000'),
    '',
  ].join('\n')
  expect(unanswered(table, 7)).toEqual(['3000 10.0.2.2 50000'])
})

test('those that end or listen are none of it, an IPv4 address in IPv6 is the same, one of IPv6 is left out', () => {
  const mapped = '0000000000000000FFFF00000202000A:C350'
  const real = 'B80D0120000000000000000001000000:C350'
  const table = [
    head,
    line(mapped, '01', '0000000A'),
    line(real, '01', '00000010'),
    line(mapped, '06', '00000010'),
  ].join('\n')
  expect(unanswered(table, 7)).toEqual(['3000 10.0.2.2 50000', '3000  50000'])
  expect(unanswered('', 7)).toEqual([])
})
