import { describe, expect, it } from 'vitest'
import { parseRunLine } from './parse-run-line.ts'
import { printRunLine } from './print-run-line.ts'
import { needsStrict } from '../run/mount-syntax.ts'
import { runProblems } from '../run/run-problems.ts'
import type { RunMount, RunSpec } from '../run/run-spec.ts'
import { emptyRunSpec } from '../run/empty-run-spec.ts'

const attached = { ...emptyRunSpec, isDetached: false }
const spec = (part: Partial<RunSpec>): RunSpec => ({ ...attached, image: 'busybox', ...part })

describe('parseRunLine', () => {
  it.each<[string, Partial<RunSpec>]>([
    ['docker run busybox', {}],
    ['$ sudo docker container run busybox', {}],
    ['docker --context far -H tcp://x:1 run busybox', {}],
    ['docker run -dit busybox', { isDetached: true, isInteractive: true, hasTty: true }],
    ['docker run -d=false -t=true busybox', { hasTty: true }],
    [
      'docker run --rm --init --read-only --privileged -P busybox',
      { isRemovedAtEnd: true, hasInit: true, isReadOnly: true, isPrivileged: true, publishesAll: true },
    ],
    ['docker run --rm=false busybox', {}],
    ['docker run --name web busybox', { name: 'web' }],
    ['docker run --name=web busybox', { name: 'web' }],
    [
      'docker run -itp 8080:80 busybox',
      {
        isInteractive: true,
        hasTty: true,
        ports: [{ hostIp: '', hostPort: '8080', containerPort: '80', protocol: 'tcp' }],
      },
    ],
    [
      'docker run -p8080:80/udp busybox',
      { ports: [{ hostIp: '', hostPort: '8080', containerPort: '80', protocol: 'udp' }] },
    ],
    [
      'docker run -p=127.0.0.1::80 busybox',
      { ports: [{ hostIp: '127.0.0.1', hostPort: '', containerPort: '80', protocol: 'tcp' }] },
    ],
    [
      'docker run -p "[::1]:8080:80" busybox',
      { ports: [{ hostIp: '::1', hostPort: '8080', containerPort: '80', protocol: 'tcp' }] },
    ],
    [
      'docker run --publish 8000-8002:9000-9002 busybox',
      { ports: [{ hostIp: '', hostPort: '8000-8002', containerPort: '9000-9002', protocol: 'tcp' }] },
    ],
    [
      'docker run -p target=80,published=8080,protocol=udp busybox',
      { ports: [{ hostIp: '', hostPort: '8080', containerPort: '80', protocol: 'udp' }] },
    ],
    [
      `docker run -e A=1 --env 'B=two words' -eC=$'a\\nb' busybox`,
      {
        environment: [
          { name: 'A', value: '1' },
          { name: 'B', value: 'two words' },
          { name: 'C', value: 'a\nb' },
        ],
      },
    ],
    ['docker run -e "Q=say \\"hi\\" \\$5" busybox', { environment: [{ name: 'Q', value: 'say "hi" $5' }] }],
    [
      'docker run -v data:/var/lib/x:ro -v /srv/a:/b -v /anonymous busybox',
      {
        mounts: [
          mount('volume', 'data', '/var/lib/x', true),
          mount('bind', '/srv/a', '/b'),
          mount('volume', '', '/anonymous'),
        ],
      },
    ],
    [
      'docker run --mount type=bind,src=/a:b,dst=/c,readonly --tmpfs /run:size=64m busybox',
      {
        mounts: [
          { ...mount('bind', '/a:b', '/c', true), isStrict: true },
          { ...mount('tmpfs', '', '/run'), options: 'size=64m' },
        ],
      },
    ],
    [
      `docker run --mount 'type=bind,"source=/a,b",target=/c' busybox`,
      { mounts: [{ ...mount('bind', '/a,b', '/c'), isStrict: true }] },
    ],
    [
      'docker run --network-alias db --net shop --ip 10.0.0.5 --network name=other,alias=x busybox',
      {
        networks: [
          { name: 'shop', aliases: ['db'], ip: '10.0.0.5' },
          { name: 'other', aliases: ['x'], ip: '' },
        ],
      },
    ],
    ['docker run --restart on-failure:3 busybox', { restart: 'on-failure:3' }],
    ['docker run --restart=no busybox', {}],
    [
      'docker run -m 512m --cpus=1.5 --pids-limit 100 -u 1000:1000 -w /app -h box busybox',
      {
        memory: '512m',
        cpus: '1.5',
        processes: '100',
        user: '1000:1000',
        workingDir: '/app',
        hostname: 'box',
      },
    ],
    [
      'docker run -l a=b --label c busybox',
      {
        labels: [
          { name: 'a', value: 'b' },
          { name: 'c', value: '' },
        ],
      },
    ],
    [
      `docker run --health-cmd 'wget -qO- localhost || exit 1' --health-interval=5s --health-retries 3 busybox`,
      {
        health: {
          command: 'wget -qO- localhost || exit 1',
          interval: '5s',
          timeout: '',
          startPeriod: '',
          retries: '3',
          isOff: false,
        },
      },
    ],
    [
      'docker run --cap-add NET_ADMIN --shm-size=1g --cap-add SYS_TIME --gpus all -q --pull always busybox',
      {
        others: [
          { name: 'cap-add', value: 'NET_ADMIN' },
          { name: 'cap-add', value: 'SYS_TIME' },
          { name: 'gpus', value: 'all' },
          { name: 'shm-size', value: '1g' },
        ],
      },
    ],
    [
      `docker run --entrypoint '' busybox sh -c 'echo "$HOME"; sleep 1'`,
      { entrypoint: '', command: ['sh', '-c', 'echo "$HOME"; sleep 1'] },
    ],
    ['docker run busybox -d --name x', { command: ['-d', '--name', 'x'] }],
    ['docker run -- busybox ls -l', { command: ['ls', '-l'] }],
    ['docker run \\\n  --name web \\\r\n  busybox # the end\n\n', { name: 'web' }],
  ])('%s', (line, expected) => {
    expect(parseRunLine(line)).toEqual({ spec: spec(expected), problems: [] })
  })

  it.each<[string, string, string]>([
    ['docker run --nmae web busybox', '--nmae', 'is it --name?'],
    ['docker run --frobnicate -d busybox', '--frobnicate', 'is not an option Composure knows.'],
    ['docker run -dx busybox', '-dx', '-x is not an option of docker run.'],
    ['docker run -p 8080:99999 busybox', '-p 8080:99999', '“99999” is not a port'],
    ['docker run -p 80/icmp busybox', '-p 80/icmp', 'is not a protocol'],
    [
      'docker run -v ./data:/data busybox',
      '-v ./data:/data',
      'is not a full path: the browser does not know your folder',
    ],
    ['docker run -v C:\\\\x:/data busybox', '-v C:\\\\x:/data', 'A folder of Windows'],
    ['docker run -v $PWD:/data busybox', '$PWD', 'Only your shell knows what $PWD stands for'],
    ['docker run -v "$(pwd)/x:/data" busybox', '$(pwd)', 'Only your shell knows what $(pwd)'],
    ['docker run -v ~/x:/data busybox', '~', 'Only your shell knows what ~'],
    ['docker run -e `id` busybox', '`id`', 'Only your shell knows'],
    ['docker run -e HOME busybox', '-e HOME', 'HOME without a value is taken from your own shell'],
    ['docker run --env-file .env busybox', '--env-file .env', 'paste what is in it'],
    ['docker run -m 1k busybox', '-m 1k', 'at least 6m'],
    ['docker run --memory=lots busybox', '--memory=lots', 'is not a size'],
    ['docker run --restart sometimes busybox', '--restart sometimes', 'is not a restart policy'],
    ['docker run --rm=maybe busybox', '--rm=maybe', 'is on or off'],
    ['docker run --ip 10.0.0.5 busybox', '--ip 10.0.0.5', 'add --network'],
    ['docker run --ulimit x busybox', '--ulimit x', 'is not a limit'],
    ['docker run busybox; rm -rf /', ';', 'For a shell the command ends at ;'],
    ['docker run busybox | tee x', '|', 'For a shell the command ends at |'],
    ["docker run -e 'A=1 busybox", "'A=1 busybox", 'This quote is never closed.'],
    ['docker run busybox\nls', '\nls', 'A new line ends the command'],
    ['docker build .', 'build', 'This is docker build, not docker run.'],
    ['docker run -d', '', 'The image is missing'],
    ['docker run -d --name', '--name', '--name needs a value after it.'],
    ['', '', 'The image is missing'],
  ])('%s: names the mistake at its place', (line, place, message) => {
    const { problems } = parseRunLine(line)
    expect(problems[0]?.message).toContain(message)
    expect(line.slice(problems[0]?.start, problems[0]?.end)).toBe(place)
  })

  it('reads what it can of a line with a mistake', () => {
    const { spec: read } = parseRunLine('docker run --name web --frob -p 8080:80 nginx')
    expect(read).toMatchObject({ name: 'web', image: 'nginx', ports: [{ hostPort: '8080' }] })
  })
})

describe('printRunLine', () => {
  it('writes a line a person would write', () => {
    const full = spec({
      isDetached: true,
      name: 'web',
      networks: [{ name: 'shop', aliases: ['www'], ip: '' }],
      ports: [{ hostIp: '', hostPort: '8080', containerPort: '80', protocol: 'tcp' }],
      mounts: [mount('volume', 'data', '/data', true)],
      environment: [{ name: 'GREETING', value: "it's me" }],
      restart: 'unless-stopped',
      memory: '512m',
      command: ['sh', '-c', 'echo hi'],
    })
    expect(printRunLine(full)).toBe(
      `docker run -d --name web --network shop --network-alias www -p 8080:80 -v data:/data:ro -e "GREETING=it's me" --restart unless-stopped --memory 512m busybox sh -c 'echo hi'`,
    )
  })

  it('comes back to the same spec, whatever the spec', () => {
    const random = randomFrom(20_260_101)
    for (let round = 0; round < 600; round += 1) {
      const before = randomSpec(random)
      const line = printRunLine(before)
      expect([line, runProblems(before)]).toEqual([line, new Map()])
      expect([line, parseRunLine(line)]).toEqual([line, { spec: before, problems: [] }])
    }
  })
})

function mount(type: RunMount['type'], source: string, target: string, isReadOnly = false): RunMount {
  return { type, source, target, isReadOnly, options: '', isStrict: false }
}

type Random = () => number

/** A small generator of its own (mulberry32), so that a failure comes back. */
function randomFrom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function randomSpec(random: Random): RunSpec {
  const chance = () => random() < 0.5
  const pick = <Item>(items: readonly [Item, ...Item[]]): Item =>
    items[Math.floor(random() * items.length)] ?? items[0]
  const some = <Item>(make: (index: number) => Item): Item[] =>
    Array.from({ length: Math.floor(random() * 3) }, (_, index) => make(index))
  const signs = Array.from(`ab'"\\$\`~#;&|<>()*?! \n\t\r=:,-{}[]é日😀\u0007\u0085\u00a0`)
  const text = () =>
    Array.from({ length: Math.floor(random() * 8) }, () => pick(signs as [string, ...string[]])).join('')
  const name = () => `n${Math.floor(random() * 1e6)}`
  const isOff = random() < 0.2
  const isRemovedAtEnd = random() < 0.2
  const maybe = <Value>(value: Value, otherwise: Value): Value => (chance() ? value : otherwise)
  return {
    image: pick(['busybox', 'ghcr.io/acme/app:1.2', 'localhost:5000/x']),
    name: maybe(name(), ''),
    entrypoint: pick([null, null, '', text()]),
    command: some(text),
    isDetached: chance(),
    isInteractive: chance(),
    hasTty: chance(),
    isRemovedAtEnd,
    ports: some((index) => ({
      hostIp: pick(['', '127.0.0.1', '::1']),
      hostPort: maybe(String(1000 + index), ''),
      containerPort: String(80 + index),
      protocol: pick(['tcp', 'udp', 'sctp'] as const),
    })),
    publishesAll: chance(),
    environment: some(() => ({ name: name(), value: text() })),
    mounts: some((index) => randomMount(random, index, text)),
    networks: some((index) => ({
      name: `net${index}`,
      aliases: some(() => `alias${Math.floor(random() * 100)}`),
      ip: maybe('10.0.0.5', ''),
    })),
    restart: isRemovedAtEnd ? '' : pick(['', 'always', 'unless-stopped', 'on-failure', 'on-failure:5']),
    memory: maybe('512m', ''),
    cpus: maybe('1.5', ''),
    processes: maybe('-1', ''),
    user: maybe('1000:1000', ''),
    workingDir: maybe(`/${text()}`, ''),
    hostname: maybe(name(), ''),
    labels: some(() => ({ name: name(), value: text() })),
    hasInit: chance(),
    isReadOnly: chance(),
    isPrivileged: chance(),
    health: isOff
      ? { command: '', interval: '', timeout: '', startPeriod: '', retries: '', isOff }
      : {
          command: text(),
          interval: maybe('5s', ''),
          timeout: maybe('1m30s', ''),
          startPeriod: '',
          retries: maybe('3', ''),
          isOff,
        },
    others: [
      ...some(() => ({ name: 'cap-add', value: pick(['NET_ADMIN', 'SYS_TIME']) })),
      ...some(() => ({ name: 'log-opt', value: `tag=${text()}` })),
      ...(chance() ? [{ name: 'oom-kill-disable', value: '' }] : []),
      ...(chance() ? [{ name: 'shm-size', value: '64m' }] : []),
    ],
  }
}

function randomMount(random: Random, index: number, text: () => string): RunMount {
  const path = `/${text().replaceAll('\0', '')}x${index}`
  const type = (['volume', 'bind', 'tmpfs'] as const)[Math.floor(random() * 3)] ?? 'volume'
  const made: RunMount = {
    type,
    source: type === 'bind' ? `/${text()}y` : type === 'volume' ? (random() < 0.3 ? '' : 'data') : '',
    target: path,
    isReadOnly: random() < 0.5,
    options: '',
    isStrict: random() < 0.3,
  }
  made.isStrict ||= needsStrict(made)
  const options = made.isStrict
    ? { volume: 'volume-nocopy', bind: 'bind-propagation=rslave', tmpfs: 'tmpfs-size=64m' }
    : { volume: made.source === '' ? '' : 'nocopy', bind: 'Z', tmpfs: 'size=64m' }
  return { ...made, options: random() < 0.5 ? options[type] : '' }
}
