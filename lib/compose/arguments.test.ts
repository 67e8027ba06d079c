import { expect, test } from 'vitest'
import { actionArguments, composeCommand, targetArguments } from './arguments.ts'
import { buildRequest, downRequest, runRequest, upRequest } from './request.ts'

const target = {
  project: 'shop',
  workingDir: "/srv/it's a shop",
  configFiles: ["/srv/it's a shop/compose.yaml", '/srv/extra.yaml'],
  envFiles: ['/srv/prod.env'],
}

test('says project, folder, files, environment and profiles before the verb', () => {
  expect(targetArguments(target, ['debug']).join('|')).toBe(
    "--project-name|shop|--project-directory|/srv/it's a shop|--file|/srv/it's a shop/compose.yaml|--file|/srv/extra.yaml|--env-file|/srv/prod.env|--profile|debug",
  )
})

test('names come behind --, so that none is an option', () => {
  expect(
    actionArguments({ verb: 'up', ...upRequest.parse({ services: ['-f', 'web'], scale: { web: 3 } }) }),
  ).toEqual(['up', '--detach', '--scale', 'web=3', '--', '-f', 'web'])
  expect(
    actionArguments({ verb: 'run', ...runRequest.parse({ service: 'web', command: ['--help'] }) }),
  ).toEqual(['run', '--rm', '-T', '--', 'web', '--help'])
})

test('every option is its flag', () => {
  const all = upRequest.parse({
    isBuilt: true,
    isPulled: true,
    isForced: true,
    isAlone: true,
    withOrphans: true,
    isWaiting: true,
  })
  expect(actionArguments({ verb: 'up', ...all }).join(' ')).toBe(
    'up --detach --build --pull always --force-recreate --no-deps --remove-orphans --wait',
  )
  const down = downRequest.parse({ withVolumes: true, images: 'local', withOrphans: true })
  expect(actionArguments({ verb: 'down', ...down }).join(' ')).toBe(
    'down --volumes --rmi local --remove-orphans',
  )
  const build = buildRequest.parse({ isUncached: true, isPulled: true, services: ['web'] })
  expect(actionArguments({ verb: 'build', ...build }).join(' ')).toBe('build --no-cache --pull -- web')
})

test('the command for people is as short as leads to the same', () => {
  const simple = {
    project: 'shop',
    workingDir: '/srv/shop',
    configFiles: ['/srv/shop/compose.yaml'],
    envFiles: [],
  }
  expect(composeCommand(simple, { verb: 'up', ...upRequest.parse({ services: ['web'] }) }).join(' ')).toBe(
    'docker compose -p shop -f /srv/shop/compose.yaml up -d web',
  )
  const elsewhere = { ...simple, configFiles: ['/etc/shop.yaml'] }
  expect(composeCommand(elsewhere, { verb: 'down', ...downRequest.parse({}) }).join(' ')).toBe(
    'docker compose -p shop --project-directory /srv/shop -f /etc/shop.yaml down',
  )
})

test.each(['..', '../x', '', 'a/b', '%2e%2e', 'a'.repeat(5000), 'a\0b', 'a\nb', '$(id)', 'a;id'])(
  '%j is no service',
  (name) => {
    expect(upRequest.safeParse({ services: [name] }).success).toBe(false)
    expect(runRequest.safeParse({ service: name }).success).toBe(false)
  },
)
