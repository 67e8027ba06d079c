import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { command, formatCommand } from './command.ts'
import { quoteArgument } from './shell-quote.ts'

describe('the command mirror', () => {
  it.each([
    [command.ps(), 'docker ps -a'],
    [command.psOne('web.1'), "docker ps -a --filter 'name=^web\\.1$'"],
    [command.logs('backend-app'), 'docker logs -f backend-app'],
    [
      command.logs('a', { tail: 100, since: '15m', hasTimestamps: true }),
      'docker logs -t -n 100 --since 15m a',
    ],
    [command.exec('backend-app'), 'docker exec -it backend-app sh'],
    [command.exec('a', '/bin/bash', { user: 'root' }), 'docker exec -it -u root a /bin/bash'],
    [command.rm(['a', 'b'], { isForced: true, withVolumes: true }), 'docker rm -f -v a b'],
    [command.rm(['a']), 'docker rm a'],
    [command.rmi(['postgres:17-trixie']), 'docker rmi postgres:17-trixie'],
    [command.act('unpause', ['a']), 'docker unpause a'],
    [command.rename('a', 'b'), 'docker rename a b'],
    [command.networkInspect('shop_default'), 'docker network inspect shop_default'],
    [command.networkConnect('n', 'c', { aliases: ['db'] }), 'docker network connect --alias db n c'],
    [command.volumeRm(['postgres_data']), 'docker volume rm postgres_data'],
    [command.composePs('shop'), 'docker compose -p shop ps -a'],
    [command.composeLogs('shop', ['app', 'db']), 'docker compose -p shop logs -f app db'],
    [command.composeLogs('my shop'), "docker compose -p 'my shop' logs -f"],
    [command.inspect('a', '{{json .State}}'), "docker inspect --format '{{json .State}}' a"],
    [command.composeAct('shop', 'stop', ['--all']), 'docker compose -p shop stop -- --all'],
  ])('%j is %s', (argv, line) => {
    expect(formatCommand(argv)).toBe(line)
  })

  it.each([
    '',
    'plain-name_1.2',
    'two words',
    "it's",
    "'; rm -rf / #",
    '$(reboot)`id`',
    '"\\"',
    '*?[a]{b,c}',
    '~',
    '=ls',
    '!!',
    'a=b',
    'ünï→',
    'line\nbreak\ttab',
    '\u001b[201~\u0003',
    "it's\u0007\\",
    "it's a 'word'",
    "it's $HOME",
    '\u009b31m',
  ])('a shell reads %j back to the letter', (argument) => {
    const line = `printf %s ${quoteArgument(argument)}`
    expect(execFileSync('bash', ['-c', line], { encoding: 'utf8' })).toBe(argument)
  })

  it('takes the quotes that need no escapes', () => {
    expect(quoteArgument("echo 'a b'")).toBe(`"echo 'a b'"`)
    expect(quoteArgument("echo '$a'")).toBe(`'echo '\\''$a'\\'''`)
  })

  it('never lets a control character through to the terminal', () => {
    expect(quoteArgument('a\u001b[201~\nb\u0085')).toBe("$'a\\033[201~\\nb\\302\\205'")
  })
})
