import { describe, expect, it } from 'vitest'
import { toCreateBody } from './create-body.ts'
import { readPairs, printPairs } from '../run-line/env-lines.ts'
import { printOptions, readOptions } from '../run-line/option-lines.ts'
import { parseRunLine } from '../run-line/parse-run-line.ts'
import { printBytes, printDuration, readBytes, readDuration } from './quantities.ts'
import { reachesTheMachine, runProblems } from './run-problems.ts'

const bodyOf = (line: string) => toCreateBody(parseRunLine(line).spec)

describe('toCreateBody', () => {
  it('says to the Engine what the line says', () => {
    const { name, body } = bodyOf(
      `docker run -d --name web --network shop --network-alias www --ip 10.0.0.9 -p 127.0.0.1:8080:80 -p 53/udp -v data:/data:ro,nocopy --tmpfs /run:size=1m --mount type=bind,source=/a,target=/b,readonly -e A=1 --restart on-failure:2 -m 64m --cpus 0.5 --pids-limit 50 --init --health-cmd true --health-interval 5s --ulimit nofile=10:20 --shm-size 1m --cap-add A --cap-add B --stop-timeout 3 img:1 run it`,
    )
    expect(name).toBe('web')
    expect(body).toMatchObject({
      Image: 'img:1',
      Cmd: ['run', 'it'],
      Env: ['A=1'],
      StopTimeout: 3,
      ExposedPorts: { '80/tcp': {}, '53/udp': {} },
      Healthcheck: { Test: ['CMD-SHELL', 'true'], Interval: 5e9 },
      HostConfig: {
        NetworkMode: 'shop',
        PortBindings: {
          '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '8080' }],
          '53/udp': [{ HostIp: '', HostPort: '' }],
        },
        Binds: ['data:/data:ro,nocopy'],
        Mounts: [{ Type: 'bind', Source: '/a', Target: '/b', ReadOnly: true }],
        Tmpfs: { '/run': 'size=1m' },
        RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 2 },
        Memory: 64 * 2 ** 20,
        NanoCpus: 5e8,
        PidsLimit: 50,
        Init: true,
        ShmSize: 2 ** 20,
        CapAdd: ['A', 'B'],
        Ulimits: [{ Name: 'nofile', Soft: 10, Hard: 20 }],
      },
      NetworkingConfig: {
        EndpointsConfig: { shop: { Aliases: ['www'], IPAMConfig: { IPv4Address: '10.0.0.9' } } },
      },
    })
  })

  it('leaves out what is the image’s own', () => {
    const { body } = bodyOf('docker run img')
    for (const key of ['Entrypoint', 'Cmd', 'User', 'WorkingDir', 'Healthcheck'])
      expect(body).not.toHaveProperty(key)
    expect(bodyOf(`docker run --entrypoint '' img`).body).toMatchObject({ Entrypoint: [''] })
    expect(bodyOf('docker run --no-healthcheck img').body).toMatchObject({ Healthcheck: { Test: ['NONE'] } })
  })

  it('spreads ranges of ports', () => {
    const { body } = bodyOf('docker run -p 8000-8001:90-91 img')
    expect(body.HostConfig).toMatchObject({
      PortBindings: { '90/tcp': [{ HostPort: '8000' }], '91/tcp': [{ HostPort: '8001' }] },
    })
  })
})

describe('runProblems', () => {
  const problemsOf = (line: string) => Object.fromEntries(runProblems(parseRunLine(line).spec))
  it.each([
    ['docker run --rm --restart always img', 'restart'],
    ['docker run -p 80:80 -p 80:81 img', 'ports.1'],
    ['docker run -v aa:/x -v bb:/x/ img', 'mounts.1'],
    ['docker run --network host --network-alias x img', 'networks.0'],
    ['docker run --network none -p 80:80 img', 'ports.0'],
    ['docker run --name -x img', 'name'],
    ['docker run --no-healthcheck --health-cmd x img', 'health.command'],
    ['docker run Img', 'image'],
  ])('%s is wrong at %s', (line, field) => expect(Object.keys(problemsOf(line))).toEqual([field]))

  it.each([
    ['docker run -v data:/x -p 80:80 --ulimit nofile=1 img', null],
    ['docker run --privileged img', 'privileged'],
    ['docker run -v /etc:/x img', 'the folder /etc'],
    ['docker run --network host img', 'the network host'],
    ['docker run --pid host img', '--pid'],
    ['docker run --cap-add SYS_ADMIN img', '--cap-add'],
    ['docker run --device /dev/sda img', '--device'],
    ['docker run --security-opt seccomp=unconfined img', '--security-opt'],
    ['docker run --security-opt no-new-privileges img', null],
    ['docker run --mount type=volume,target=/x,volume-opt=device=/etc img', 'the volume options of /x'],
  ])('%s reaches the machine by: %s', (line, by) =>
    expect(reachesTheMachine(parseRunLine(line).spec)).toBe(by),
  )
})

describe('pairs of a form', () => {
  it('takes what people paste', () => {
    expect(readPairs(`# one\nexport A=1\nB="two words"\nC='x y'\n\nD=a=b\r\nE="l1\\nl2"\nF=`).pairs).toEqual(
      Object.entries({ A: '1', B: 'two words', C: 'x y', D: 'a=b', E: 'l1\nl2', F: '' }).map(
        ([name, value]) => ({ name, value }),
      ),
    )
    expect(readPairs('A=1\nnonsense').problem).toBe(
      'Line 2: “nonsense” has no equals sign: write nonsense=value.',
    )
  })
  it.each(['', 'plain', ' spaced ', '"quoted"', "'single'", 'a\nb', '\\n', '"', ' "x"'])(
    'gives %j back',
    (value) => {
      expect(readPairs(printPairs([{ name: 'A', value }])).pairs).toEqual([{ name: 'A', value }])
    },
  )
})

it('reads further options a line each, and says which have a field', () => {
  const text = "--cap-add NET_ADMIN\n--log-opt 'tag=a b'"
  const { options, problem } = readOptions(text)
  expect([problem, printOptions(options)]).toEqual([null, text])
  expect(readOptions('--memory 512m').problem).toContain('field of its own')
  expect(readOptions('--frob').problem).toContain('--frob is not an option')
})

it('reads and prints quantities as Docker does', () => {
  expect(['512m', '1.5g', '64MiB', '1000', '2KB', 'x', '-1'].map(readBytes)).toEqual([
    536870912,
    1610612736,
    67108864,
    1000,
    2048,
    null,
    null,
  ])
  expect([536870912, 1610612736, 1000, 0].map(printBytes)).toEqual(['512m', '1536m', '1000', '0'])
  expect(['30s', '1m30s', '500ms', '1.5h', '0', '5', 's'].map(readDuration)).toEqual([
    30e9,
    90e9,
    5e8,
    5400e9,
    0,
    null,
    null,
  ])
  expect([30e9, 90e9, 5e8, 5400e9, 0].map(printDuration)).toEqual(['30s', '1m30s', '500ms', '1h30m', '0s'])
})
