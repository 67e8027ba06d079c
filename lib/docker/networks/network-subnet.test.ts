import { describe, expect, it } from 'vitest'
import {
  memberAddressProblem,
  parseAddress,
  parseSubnet,
  subnetCapacity,
  subnetProblem,
  subnetsOverlap,
} from './network-subnet.ts'

const taken = [
  { name: 'shop_default', subnet: '172.18.0.0/16' },
  { name: 'six', subnet: 'fd00:1::/64' },
]

describe('subnets', () => {
  it.each(['10.20.0.0/24', '192.168.0.0/30', 'fd00::/64', '2001:db8:0:1::/64'])('takes %s', (text) => {
    expect(subnetProblem(text, taken)).toBeNull()
  })

  it('lets the Engine choose when the field is empty', () => {
    expect(subnetProblem('', taken)).toBeNull()
  })

  it.each([
    ['10.20.0.0', 'such as'],
    ['10.20.0/24', 'such as'],
    ['10.20.0.0/33', 'such as'],
    ['10.20.0.256/24', 'such as'],
    ['010.20.0.0/24', 'such as'],
    ['10.20.0.0/24; rm', 'such as'],
    ['10.20.0.0/-1', 'such as'],
    [' 10.20.0.0/24', 'such as'],
    ['1:2:3/64', 'such as'],
    ['fd00::1::/64', 'such as'],
    ['fd00:::/64', 'such as'],
    ['::/129', 'such as'],
    ['0.0.0.0/0', 'every address'],
    ['10.20.0.0/31', 'no room'],
    ['10.20.0.7/24', '10.20.0.0/24'],
    ['fd00:0:0:2:0:0:0:9/64', 'fd00:0:0:2::/64'],
    ['172.18.4.0/24', 'Overlaps 172.18.0.0/16 of the network shop_default'],
    ['172.16.0.0/12', 'Overlaps 172.18.0.0/16'],
    ['fd00:1::/80', 'Overlaps fd00:1::/64'],
  ])('refuses %s', (text, words) => {
    expect(subnetProblem(text, taken)).toContain(words)
  })

  it('knows which ranges meet', () => {
    const overlap = (a: string, b: string): boolean => {
      const [left, right] = [parseSubnet(a), parseSubnet(b)]
      if (!left || !right) throw new Error('bad fixture')
      return subnetsOverlap(left, right)
    }
    expect(overlap('10.0.0.0/24', '10.0.1.0/24')).toBe(false)
    expect(overlap('10.0.0.0/23', '10.0.1.0/24')).toBe(true)
    expect(overlap('0.0.0.0/1', '::/1')).toBe(false)
  })

  it('reads addresses as numbers', () => {
    expect(parseAddress('0.0.1.2')).toEqual({ family: 4, value: 258n })
    expect(parseAddress('::1')).toEqual({ family: 6, value: 1n })
    expect(parseAddress('::')).toEqual({ family: 6, value: 0n })
    expect(parseAddress('1:2:3:4:5:6:7:8')?.value).toBe(0x00010002000300040005000600070008n)
    expect(parseAddress('1:2:3:4:5:6:7')).toBeNull()
    expect(parseAddress('1.2.3')).toBeNull()
    expect(parseAddress('')).toBeNull()
  })

  it('checks a fixed address against the subnet it must be in', () => {
    const subnets = ['10.20.0.0/24', 'fd00::/64']
    expect(memberAddressProblem('', subnets)).toBeNull()
    expect(memberAddressProblem('10.20.0.5', subnets)).toBeNull()
    expect(memberAddressProblem('10.21.0.5', subnets)).toContain('inside 10.20.0.0/24')
    expect(memberAddressProblem('10.20.0.0', subnets)).toContain('network itself')
    expect(memberAddressProblem('10.20.0.255', subnets)).toContain('broadcast')
    expect(memberAddressProblem('ten', subnets)).toContain('such as')
  })

  it('counts the containers that fit', () => {
    expect(subnetCapacity('10.0.0.0/24')).toBe(253)
    expect(subnetCapacity('10.0.0.0/30')).toBe(1)
    expect(subnetCapacity('fd00::/64')).toBeNull()
  })
})
