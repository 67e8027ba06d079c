import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { docker, expect, test } from './fixtures.ts'

const stacks: Stack[] = []
const programs: Server[] = []

function stack(text: string): Stack {
  const made = makeStack({ 'compose.yaml': text })
  stacks.push(made)
  return made
}

test.afterEach(() => {
  for (const made of stacks.splice(0)) made.remove()
  for (const program of programs.splice(0)) program.close()
})

const sleeper = 'image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s'

test('a variable nobody set is named with its line and the file to write it into, before up and at its end', async ({
  page,
}) => {
  const text = (token: string): string =>
    `services:\n  db: { ${sleeper} }\n  web:\n    image: busybox:latest\n    command: [sleep, "600"]\n    init: true\n    stop_grace_period: 0s\n    environment:\n      MODE: \${MODE}\n      SAID: ${token}\n`
  const made = stack(text('nothing'))
  made.compose('up', '-d', 'db')
  made.write('compose.yaml', text('${SAID:?say something}'))
  const [required, unset] = ['compose.yaml:11', 'compose.yaml:10']

  await page.goto(`/projects/${made.project}`)
  const notice = page.getByRole('region', { name: 'Why Compose cannot be used here' })
  await expect(notice).toContainText('Variable SAID is not set: say something.')
  await expect(notice).toContainText(`Used in ${required}. Write SAID=… into ${made.folder}/.env.`)
  const up = page.getByRole('button', { name: `Up ${made.project}` })
  await expect(up).toHaveAttribute('aria-disabled', 'true')

  await page.goto(`/projects/${made.project}/compose`)
  await expect(page.getByRole('alert').getByText('Variable SAID is not set: say something.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'compose.yaml, line 11' })).toBeVisible()
  await page.getByRole('button', { name: /^Variables/ }).click()
  await expect(page.getByRole('row').filter({ hasText: 'SAID' })).toContainText('it must be set')

  made.write('.env', 'SAID=something\n')
  await page.goto(`/projects/${made.project}`)
  await up.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(
    `MODE is not set, so it is empty. Used in ${unset}. Write MODE=… into ${made.folder}/.env`,
  )
  await dialog.getByRole('button', { name: 'Up', exact: true }).click()
  await expect(
    page.getByRole('region', { name: 'Jobs' }).getByText(/^done in .*; MODE is not set, so it is empty$/),
  ).toBeVisible()
})

test('a port that a container or a program holds is told with its holder, before up and when it fails', async ({
  page,
  engine,
}) => {
  await engine.run('holder', 'sleep 3600', ['-p', '127.0.0.1::80'])
  const held = (await docker('port', `${engine.prefix}-holder`, '80')).split(':').at(-1)
  const program = createServer().listen(0, '127.0.0.1')
  programs.push(program)
  await new Promise((resolve) => program.once('listening', resolve))
  const other = (program.address() as AddressInfo).port
  const text = (port: string | number): string =>
    `services:\n  db: { ${sleeper} }\n  web: { ${sleeper}, ports: ["127.0.0.1:${port}:80"] }\n`
  const made = stack(text(held ?? ''))
  made.compose('up', '-d', 'db')

  await page.goto(`/projects/${made.project}`)
  const up = page.getByRole('button', { name: `Up ${made.project}`, exact: true })
  const dialog = page.getByRole('dialog')
  const before = dialog.getByRole('list', { name: 'Before you begin' })
  const dock = page.getByRole('region', { name: 'Jobs' })
  await up.click()
  await expect(before).toContainText(
    `web: Port ${held} is held by the container ${engine.prefix}-holder. Stop ${engine.prefix}-holder, or publish another port.`,
  )
  await dialog.getByRole('button', { name: 'Up', exact: true }).click()
  await expect(
    dock.getByText(`port ${held} is taken already, by ${engine.prefix}-holder`).first(),
  ).toBeVisible()

  made.write('compose.yaml', text(other))
  await up.click()
  // By its name, and this process is the program.
  await expect(before).toContainText(
    new RegExp(`web: Port ${other} is held by .+ \\(process ${process.pid}\\), a program of this machine`),
  )
  await expect(before).toContainText('Stop it, or publish another port.')
  await dialog.getByRole('button', { name: 'Recreate 1 container' }).click()
  await expect(
    dock.getByText(new RegExp(`port ${other} is taken already, by .+ \\(process ${process.pid}\\)`)).first(),
  ).toBeVisible()
})
