import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createExec, inspectExec, inspectForExec, runExec, startExec } from '#server/engine/containers/exec'
import { markName, reap } from '#server/exec/reaper'
import { processWide } from '#server/process-wide'
import {
  docker,
  listen,
  newDataDir,
  newSessions,
  owner,
  request,
  runContainer,
  Terminal,
  until,
} from './exec-shells.ts'

const sessions = newSessions()
const made: string[] = []
let box = ''
let plain = ''
let door: Awaited<ReturnType<typeof listen>>

const processes = (name: string): string => docker('top', name, '-o', 'pid,args')

async function openIn(name: string, more: Record<string, unknown> = {}) {
  const { session } = await sessions.open(name, request(more), owner)
  const terminal = new Terminal(door.address(session.id))
  await terminal.message('attached')
  return { id: session.id, session, terminal }
}

beforeAll(async () => {
  door = await listen(sessions)
  box = runContainer('exec-box', 'busybox', 'sleep', '3600')
  plain = runContainer('exec-plain', '--user', '1000', 'debian:trixie-slim', 'sleep', '3600')
  made.push(box, plain)
})

afterAll(async () => {
  await sessions.stopAll('shutdown')
  door.close()
  docker('rm', '-f', ...made)
})

describe('the main process', () => {
  it('is joined with its size and what it wrote, and goes on when the terminal is closed', async () => {
    const name = runContainer('exec-main', '-it', 'busybox', 'sh', '-c', 'echo begin; exec sh')
    made.push(name)
    const { id, session, terminal } = await openIn(name, { attach: true })
    expect(session).toMatchObject({ isAttached: true, command: ['sh', '-c', 'echo begin; exec sh'] })
    await terminal.shows('begin')
    terminal.type('stty size; echo pid-$$\r')
    await terminal.shows(/33 101[\s\S]*pid-\d+\r/)
    terminal.say({ type: 'resize', cols: 77, rows: 20 })
    await terminal.message('size')
    await until(() => {
      terminal.type('stty size\r')
      return terminal.text.includes('20 77\r\n')
    }, 'the new size')
    await sessions.close(id, 'closed')
    expect(docker('inspect', '-f', '{{.State.Running}}', name)).toBe('true')
    const again = await openIn(name, { attach: true })
    again.terminal.type('\x10\x11')
    expect((await again.terminal.message('end')).end).toMatchObject({ reason: 'detached', exitCode: null })
    expect(docker('inspect', '-f', '{{.State.Running}}', name)).toBe('true')
    const last = await openIn(name, { attach: true })
    last.terminal.type('exit 3\r')
    expect((await last.terminal.message('end')).end).toMatchObject({ reason: 'exited', exitCode: 3 })
  })

  it('tells the exit code of one that is removed as it ends', async () => {
    const name = runContainer('exec-rm', '-it', '--rm', 'busybox')
    const { terminal } = await openIn(name, { attach: true })
    terminal.type('exit 7\r')
    expect((await terminal.message('end')).end).toMatchObject({ reason: 'exited', exitCode: 7 })
  })

  it('without a terminal is not joined', async () => {
    await expect(sessions.open(box, request({ attach: true }), owner)).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('a shell', () => {
  it('has the right size at its first prompt, the best shell, colours and UTF-8', async () => {
    const { session, terminal } = await openIn(plain)
    expect(session.command).toEqual(['bash'])
    terminal.type('stty size; echo "$TERM|$LANG|$(id -u)"\r')
    await terminal.shows('33 101\r\n')
    await terminal.shows('xterm-256color|C.UTF-8|1000')
    terminal.say({ type: 'resize', cols: 77, rows: 20 })
    await terminal.message('size')
    await until(() => {
      terminal.type('stty size\r')
      return terminal.text.includes('20 77\r\n')
    }, 'the new size')
    terminal.type("printf '%s' 'é€🙂' | wc -c\r")
    await terminal.shows(/🙂[\s\S]*9\r\n/)
  })

  it('tells the exit code and forgets nothing on the way', async () => {
    const { id, terminal } = await openIn(plain)
    terminal.type('echo last words; exit 7\r')
    const { end } = await terminal.message('end')
    expect(end).toEqual({ reason: 'exited', exitCode: 7, isLeftRunning: false })
    expect(terminal.text).toContain('last words\r\n')
    const again = new Terminal(door.address(id))
    await again.message('end')
    expect(again.text).toContain('last words\r\n')
  })

  it('takes a paste of one mebibyte whole', async () => {
    const { terminal } = await openIn(plain, {
      command: ['sh', '-c', 'stty -echo; echo ready; head -c 1048576 | wc -c'],
    })
    await terminal.shows('ready')
    const line = `${'x'.repeat(63)}\n`
    for (let sent = 0; sent < 1_048_576; sent += 32_768) terminal.type(line.repeat(512))
    await terminal.shows('1048576\r\n')
  })

  it('runs as the user and in the folder asked for', async () => {
    const { terminal } = await openIn(plain, { user: '0', workingDir: '/var/lib' })
    terminal.type('echo "$(id -u):$(pwd)"\r')
    await terminal.shows('0:/var/lib\r\n')
    await expect(sessions.open(plain, request({ user: 'nobody9' }), owner)).rejects.toMatchObject({
      code: 'bad_request',
    })
    await expect(sessions.open(plain, request({ workingDir: '/nowhere' }), owner)).rejects.toMatchObject({
      code: 'bad_request',
    })
  })
})

describe('nothing is left running', () => {
  const mess =
    "(trap '' HUP INT TERM; while :; do sleep 1; done) & nohup yes >/dev/null 2>&1 & top -b >/dev/null & setsid sleep 4242 & echo made\r"

  it.each(['bash as an ordinary user', 'busybox sh as root'])('when a %s is closed', async (who) => {
    const name = who.startsWith('bash') ? plain : box
    const before = processes(name)
    const { id, terminal } = await openIn(name)
    terminal.type(mess)
    await terminal.shows(/made\r\n/)
    await until(() => /yes[\s\S]*|sleep 4242/.test(processes(name)), 'the mess')
    await sessions.close(id, 'closed')
    expect(processes(name).split('\n').length).toBe(before.split('\n').length)
    expect((await terminal.message('end')).end).toMatchObject({ reason: 'closed', isLeftRunning: false })
  })

  it('when the shell exits, except what was started to stay', async () => {
    const name = runContainer('exec-stay', 'debian:trixie-slim', 'sleep', '3600')
    made.push(name)
    const { terminal } = await openIn(name)
    terminal.type('sleep 4243 & nohup sleep 4244 >/dev/null 2>&1 & sleep 0.3; exit\r')
    await terminal.message('end')
    await until(() => !processes(name).includes('sleep 4243'), 'the end of the background job')
    expect(processes(name)).toContain('sleep 4244')
  })

  it('when nobody watches for a while', async () => {
    const brief = newSessions(newDataDir(), { keepMs: 100 })
    const { session } = await brief.open(box, request({ command: ['sleep', '4245'] }), owner)
    await until(() => !processes(box).includes('sleep 4245'), 'the end of an unwatched shell')
    await until(() => brief.list(box, owner.sessionHash).every(({ id }) => id !== session.id), 'its absence')
  })

  it('when the dashboard was killed and starts again', async () => {
    const dataDir = newDataDir()
    await newSessions(dataDir).open(box, request({ command: ['sleep', '4246'] }), owner)
    await until(() => processes(box).includes('sleep 4246'), 'the shell')
    // As after kill -9: another process finds only what was written down.
    await newSessions(dataDir).leftovers.sweepEarlierLife()
    expect(processes(box)).not.toContain('sleep 4246')
  })

  it('when the dashboard stops, all at once and in time', async () => {
    const ending = newSessions()
    for (let i = 0; i < 3; i += 1) await ending.open(box, request({ command: ['sleep', '4247'] }), owner)
    await ending.stopAll('shutdown')
    expect(processes(box)).not.toContain('sleep 4247')
    await expect(ending.open(box, request(), owner)).rejects.toMatchObject({ code: 'too_many_streams' })
  })

  it('when the dashboard stops while shells are being opened', async () => {
    const ending = newSessions()
    let settledCount = 0
    const opening = Array.from({ length: 4 }, () =>
      ending
        .open(box, request({ command: ['sleep', '4248'] }), owner)
        .catch(() => null)
        .finally(() => (settledCount += 1)),
    )
    await inspectForExec(box)
    await ending.stopAll('shutdown')
    // The process ends now: what were still on its way would stay.
    expect([settledCount, processes(box).includes('sleep 4248')]).toEqual([4, false])
    await Promise.all(opening)
  })

  it('when the process comes later than the Engine said it had started', async () => {
    const command = ['sleep', '4249']
    const sessionId = randomUUID()
    const containerId = docker('inspect', '-f', '{{.Id}}', box)
    const execId = await createExec(containerId, { command, environment: [`${markName}=${sessionId}`] })
    const reaping = reap([{ sessionId, containerId, execId, user: '', command }], {
      mode: 'kill',
      graceMs: 500,
    })
    // As long as a reaper takes, and once more.
    for (let times = 0; times < 3; times += 1)
      await runExec(containerId, { command: ['true'] }, { timeoutMs: 5_000 })
    await startExec(execId, { isTty: false })
    expect(await reaping).toBe('gone')
    expect(processes(box)).not.toContain('sleep 4249')
    expect(await inspectExec(execId)).toMatchObject({ isRunning: false, exitCode: 129 })
  })
})

describe('coming back', () => {
  it('shows the screen as it was, and goes on from where a lost connection stopped', async () => {
    const { id, terminal } = await openIn(plain)
    terminal.type('echo first-$((40 + 2))\r')
    await terminal.shows('first-42\r\n')
    terminal.socket.terminate()
    const reloaded = new Terminal(door.address(id))
    const attached = await reloaded.message('attached')
    expect(attached).toMatchObject({ isReset: true, cols: 101, rows: 33 })
    await reloaded.shows('first-42\r\n')
    expect(attached.replayBytes).toBeGreaterThan(10)
    const seen = attached.fromByte + reloaded.receivedBytes
    const resumed = new Terminal(door.address(id), seen)
    expect(await resumed.message('attached')).toMatchObject({ isReset: false, fromByte: seen })
    resumed.type('echo second-$((40 + 3))\r')
    await resumed.shows('second-43\r\n')
    expect(resumed.text).not.toContain('first-42')
    await reloaded.shows('second-43\r\n')
  })

  it('lets only the first look answer what programs ask the terminal', async () => {
    const { id, terminal } = await openIn(box, { command: ['sh', '-c', "printf '\\033[c'; sleep 3600"] })
    await terminal.shows('\x1b[c')
    expect((await terminal.message('attached')).replayBytes).toBe(0)
    const later = new Terminal(door.address(id))
    await later.shows('\x1b[c')
    expect((await later.message('attached')).replayBytes).toBe(later.receivedBytes)
  })

  it('is for the owner alone, and a ticket opens once', async () => {
    const { session, ticket } = await sessions.open(box, request(), owner)
    expect(() => sessions.reopen(session.id, 'hash-of-bob')).toThrow(
      expect.objectContaining({ code: 'exec_not_found' }),
    )
    expect(sessions.list(box, 'hash-of-bob')).toEqual([])
    expect(sessions.spendTicket(ticket, 'another')).toBe(false)
    const { ticket: second } = sessions.reopen(session.id, owner.sessionHash)
    expect(sessions.spendTicket(second, session.id)).toBe(true)
    expect(sessions.spendTicket(second, session.id)).toBe(false)
  })
})

describe('bounds', () => {
  it('makes a flood wait for the page in use, and delays nobody for one that only watches', async () => {
    const { id, terminal } = await openIn(box, { command: ['yes', 'flood'] })
    await terminal.shows('flood')
    const slow = new Terminal(door.address(id))
    slow.isAcking = false
    await until(() => slow.receivedBytes > 500_000, 'a flood')
    const stalled = await until(async () => {
      const before = slow.receivedBytes
      await new Promise((resolve) => setTimeout(resolve, 300))
      return slow.receivedBytes === before ? before : null
    }, 'the end of the flood')
    expect(stalled).toBeLessThan(2_000_000)
    // The page that reads types: now it is the one in use, and output goes on.
    const before = terminal.receivedBytes
    terminal.type(' ')
    await until(() => terminal.receivedBytes > before + 3_000_000, 'output for the reader')
    await sessions.close(id, 'closed')
  })

  it('ends a socket that sends too large a frame or does not speak the protocol', async () => {
    const { id, terminal } = await openIn(box)
    terminal.type('x'.repeat(70_000))
    await until(() => terminal.closeCode === 1009, 'close 1009')
    const other = new Terminal(door.address(id))
    await other.message('attached')
    other.socket.send('{"type":"resize","cols":"many"}')
    await until(() => other.closeCode === 4400, 'close 4400')
  })

  it('refuses one shell too many', async () => {
    const few = newSessions(newDataDir(), { maxPerContainer: 1 })
    await few.open(box, request(), owner)
    await expect(few.open(box, request(), owner)).rejects.toMatchObject({ code: 'too_many_streams' })
    await few.stopAll('shutdown')
  })
})

describe('containers that cannot have a shell', () => {
  it('says so where there is none, and still runs and ends a command', async () => {
    const name = runContainer('exec-bare', 'debian:trixie-slim', 'sleep', '3600')
    made.push(name)
    docker('exec', name, 'rm', '-f', '/usr/bin/sh', '/usr/bin/bash', '/usr/bin/dash', '/usr/bin/rbash')
    await expect(sessions.open(name, request(), owner)).rejects.toMatchObject({ code: 'no_shell' })
    await expect(sessions.open(name, request({ shell: 'zsh' }), owner)).rejects.toMatchObject({
      code: 'no_shell',
    })
    const { id } = await openIn(name, { command: ['/usr/bin/sleep', '4248'] })
    await until(() => processes(name).includes('sleep 4248'), 'the command')
    await sessions.close(id, 'closed')
    expect(processes(name)).not.toContain('sleep 4248')
  })

  it('opens none in the dashboard’s own container but for an admin’s second yes', async () => {
    const itself = processWide('own-container', () => ({ id: null as string | null }))
    itself.id = docker('inspect', '-f', '{{.Id}}', box)
    const wish = request({ command: ['sleep', '4250'] })
    await expect(sessions.open(box, wish, owner)).rejects.toMatchObject({ code: 'is_itself' })
    const forced = { ...wish, force: true }
    await expect(sessions.open(box, forced, { ...owner, mayForce: false })).rejects.toMatchObject({
      code: 'is_itself',
    })
    expect(processes(box)).not.toContain('sleep 4250')
    const { session } = await sessions.open(box, forced, owner)
    await sessions.close(session.id, 'closed')
    itself.id = null
  })

  it('refuses a stopped one, and tells when it stops or goes away under the shell', async () => {
    const name = runContainer('exec-stop', 'busybox', 'sleep', '3600')
    made.push(name)
    const first = await openIn(name)
    docker('stop', '-t', '0', name)
    expect((await first.terminal.message('end')).end.reason).toBe('container_stopped')
    await expect(sessions.open(name, request(), owner)).rejects.toMatchObject({ code: 'not_running' })
    docker('start', name)
    const second = await openIn(name)
    docker('rm', '-f', name)
    made.splice(made.indexOf(name), 1)
    expect((await second.terminal.message('end')).end.reason).toBe('container_removed')
    await expect(sessions.open(name, request(), owner)).rejects.toMatchObject({ code: 'container_not_found' })
  })
})
