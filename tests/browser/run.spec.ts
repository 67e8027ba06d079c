import AxeBuilder from '@axe-core/playwright'
import { layerOf, startRegistry } from '../fixtures/registry.ts'
import { docker, expect, test } from './fixtures.ts'

const accessibility = ['wcag2a', 'wcag2aa', 'wcag21aa']

test('a container is run from the form, and the line says the same', async ({ page, engine }) => {
  const name = `${engine.prefix}-web`
  await page.goto('/containers')
  await page.getByRole('link', { name: 'Run a container' }).click()
  const line = page.getByLabel('The same as a command')
  await expect(line).toHaveValue('docker run -d')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText('Write an image, for example postgres:17.')).toBeVisible()
  await expect(page.getByLabel('Image', { exact: true })).toBeFocused()
  await page.getByLabel('Image', { exact: true }).fill('busybox')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Command', { exact: true }).fill(`sh -c 'echo "$GREETING"; sleep 600'`)
  await page.getByLabel('Environment', { exact: true }).fill("GREETING=it's me\nEMPTY=")
  await page.getByRole('button', { name: 'Publish a port' }).click()
  await page.getByLabel('Port inside, port 1').fill('80')
  await page.getByRole('button', { name: 'Add a mount' }).click()
  await page.getByLabel('Volume, mount 1').fill(`${engine.prefix}-data`)
  await page.getByLabel('Path inside, mount 1').fill('data')
  await expect(page.getByText('“data” is not a full path inside: it begins with /.')).toBeVisible()
  await page.getByLabel('Path inside, mount 1').fill('/data')
  await page.getByLabel('Memory', { exact: true }).fill('1m')
  await expect(page.getByText('Too small: the Engine wants at least 6m.')).toBeVisible()
  await page.getByLabel('Memory', { exact: true }).fill('64m')
  await expect(line).toHaveValue(
    `docker run -d --name ${name} -p 80 -v ${engine.prefix}-data:/data -e "GREETING=it's me" -e EMPTY= --memory 64m busybox sh -c 'echo "$GREETING"; sleep 600'`,
  )
  expect((await new AxeBuilder({ page }).withTags(accessibility).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  expect(await docker('inspect', '-f', '{{.State.Running}} {{.HostConfig.Memory}}', name)).toBe(
    'true 67108864',
  )
  await expect.poll(() => docker('logs', name)).toBe("it's me")
})

test('a pasted line fills the form, and mistakes stand at their place', async ({ page, engine }) => {
  await engine.run('holder', 'sleep 3600', ['-p', '127.0.0.1::80'])
  const port = (await docker('port', `${engine.prefix}-holder`, '80')).split(':').at(-1)
  await page.goto('/containers/new')
  const line = page.getByLabel('The same as a command')
  await line.fill(
    `docker run -dit --name ${engine.prefix}-holder \\\n  -p ${port}:8080/tcp -e 'A=1 2' -v x_data:/x:ro --frob \\\n  busybox sh`,
  )
  await expect(page.getByLabel('Image', { exact: true })).toHaveValue('busybox')
  await expect(page.getByLabel('Environment', { exact: true })).toHaveValue('A=1 2')
  await expect(page.getByLabel('Read-only, mount 1')).toBeChecked()
  await expect(page.getByText('--frob is not an option Composure knows')).toBeVisible()
  await expect(page.getByText(`Port ${port} is held by the container ${engine.prefix}-holder.`)).toBeVisible()
  await expect(page.getByText('has this name.')).toBeVisible()
  await expect(page.getByRole('link', { name: `Open ${engine.prefix}-holder` }).first()).toHaveAttribute(
    'href',
    /\/containers\/[0-9a-f]{12}/,
  )
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByText('The line has a mistake.')).toBeVisible()
  // Changing the form writes the line anew, without what was wrong in it.
  await page.getByLabel('Name', { exact: true }).fill(`${engine.prefix}-term`)
  await page.getByLabel('Port of the machine, port 1').fill('')
  await expect(line).toHaveValue(
    `docker run -dit --name ${engine.prefix}-term -p 8080 -v x_data:/x:ro -e 'A=1 2' busybox sh`,
  )
  await page.getByRole('button', { name: 'Remove mounts 1' }).click()
  await page.getByLabel('How it runs').selectOption('terminal')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page).toHaveURL(/\/containers\/[0-9a-f]{12}\/shell\?attach$/)
  await expect(page.locator('.xterm')).toBeVisible()
  await expect(page.locator('footer code')).toHaveText(`docker attach ${engine.prefix}-term`)
  await page.keyboard.type('exit 3\n')
  await expect(page.getByText('The container ended. Ended with exit code 3')).toBeVisible()
})

test('what the Engine refuses stands at its field, and the image is pulled first', async ({
  page,
  engine,
}) => {
  const repository = `${engine.prefix}/run`
  const registry = await startRegistry({
    repository,
    tag: '1',
    layers: [layerOf('one', 1_000_000)],
    pauseMs: 10,
  })
  const reference = `${registry.host}/${repository}:1`
  try {
    await page.goto('/containers/new')
    await page
      .getByLabel('The same as a command')
      .fill(`docker run -d --name ${engine.prefix}-pulled ${reference} /part`)
    await expect(page.getByText('Not on this machine: it is pulled first.')).toBeVisible()
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(
      page.getByText(/^Pulling the image, see below\. It is run when you stay until then/),
    ).toBeVisible()
    const dock = page.getByRole('region', { name: 'Jobs' })
    await expect(dock.getByText('downloading').first()).toBeVisible()
    await expect(page.getByText('/part is not in the image.').first()).toBeVisible()
    expect(await docker('ps', '-aq', '--filter', `name=${engine.prefix}-pulled`)).toBe('')
    await page.getByLabel('Image', { exact: true }).fill('127.0.0.1:1/nobody/home:1')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await expect(
      page.getByRole('alert').getByText('The registry 127.0.0.1:1 cannot be reached.'),
    ).toBeVisible()
  } finally {
    await docker('rmi', '-f', reference).catch(() => '')
    await registry.close()
  }
})

test('a container is duplicated, and made again with changes or put back', async ({ page, engine }) => {
  const id = await engine.run('first', 'sleep 3600', [
    '-e',
    'TOKEN=s3cret',
    '-l',
    'com.docker.compose.project=p',
    '-l',
    'com.docker.compose.service=s',
    '-l',
    'com.docker.compose.config-hash=x',
  ])
  await page.goto(`/containers/${id.slice(0, 12)}`)
  await page.getByRole('button', { name: `More for ${engine.prefix}-first` }).click()
  await page.getByRole('menuitem', { name: 'Duplicate…' }).click()
  await expect(page.getByLabel('Environment', { exact: true })).toHaveValue('TOKEN=s3cret')
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('')
  await page.getByLabel('Name', { exact: true }).fill(`${engine.prefix}-second`)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('heading', { name: `${engine.prefix}-second`, level: 1 })).toBeVisible()

  await page.goto(`/containers/new?from=${id.slice(0, 12)}&as=recreate`)
  await expect(page.getByText('Compose does not know of the change.', { exact: false })).toBeVisible()
  await expect(page.getByText('Lost: what it wrote into its own files')).toBeVisible()
  await page.getByLabel('Command', { exact: true }).fill(`sh -c 'echo no such config >&2; exit 4'`)
  await page.getByRole('button', { name: 'Make it again' }).click()
  await expect(page.getByText('ended at once with exit code 4')).toBeVisible()
  await expect(page.getByText(`The old ${engine.prefix}-first runs again.`, { exact: false })).toBeVisible()
  expect(await docker('inspect', '-f', '{{.Id}} {{.State.Running}}', `${engine.prefix}-first`)).toBe(
    `${id} true`,
  )
  await page.getByLabel('Command', { exact: true }).fill('sleep 3600')
  await page.getByLabel('Memory', { exact: true }).fill('32m')
  await page.getByRole('button', { name: 'Make it again' }).click()
  await expect(page).toHaveURL(/\/containers\/[0-9a-f]{12}$/)
  const [newId, memory] = (
    await docker('inspect', '-f', '{{.Id}} {{.HostConfig.Memory}}', `${engine.prefix}-first`)
  ).split(' ')
  expect([newId === id, memory]).toEqual([false, '33554432'])
})
