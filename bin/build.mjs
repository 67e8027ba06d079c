// Builds the dashboard into dist/, a folder that runs with `node dist/server.mjs` and needs nothing else.
//
// Next's standalone output carries the pages and the packages they use; server/main.ts, which owns the process,
// is bundled beside it. Packages that both load (dockerode) stay packages, so that the process holds them once.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const standalone = join(root, '.next/standalone')
const require = createRequire(join(root, 'package.json'))
const threads = [
  'server/history/archive-worker.ts',
  'server/images/thread.ts',
  'server/logs/download/filter-thread.ts',
  'server/logs/search/thread.ts',
]
// Packages in CommonJS ask for `require`, which a module does not have.
const banner = {
  js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
}
process.chdir(root)

buildPages()
layOut()
await bundleThreads()
const packages = await bundleServer()
await carryPackages([...packages, 'pg'])
console.log(
  `dist/ is ready: ${megabytes(dist)} MB, of it packages ${megabytes(join(dist, 'node_modules'))} MB`,
)

function buildPages() {
  rmSync(standalone, { recursive: true, force: true })
  // Or the pages' trace would find the last build and carry it along.
  rmSync(dist, { recursive: true, force: true })
  const { status } = spawnSync(process.execPath, [require.resolve('next/dist/bin/next'), 'build'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      COMPOSURE_DIST_DIR: '.next',
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
    },
  })
  if (status !== 0) process.exit(status ?? 1)
}

function layOut() {
  // A page that reads files by a path of its own has everything traced; sources are not needed to run.
  for (const name of ['.next', 'node_modules', 'package.json'])
    cpSync(join(standalone, name), join(dist, name), { recursive: true, verbatimSymlinks: true })
  cpSync('.next/static', join(dist, '.next/static'), { recursive: true })
  if (existsSync('public')) cpSync('public', join(dist, 'public'), { recursive: true })
  // Next's own start script is replaced by ours; its image optimiser is switched off in next.config.ts.
  for (const unused of ['server.js', 'node_modules/sharp', 'node_modules/@img']) {
    rmSync(join(dist, unused), { recursive: true, force: true })
  }
  // Next copies .env files into its output: settings and secrets belong to the machine, not to the build.
  for (const name of readdirSync(dist)) if (name.startsWith('.env')) rmSync(join(dist, name))
}

/** Bundles the worker threads of `startThread` (server/thread-file.ts), named by their paths. */
async function bundleThreads() {
  for (const source of threads) {
    await build({
      entryPoints: [source],
      outfile: join(dist, 'threads', source.replaceAll('/', '-').replace(/\.ts$/, '.mjs')),
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node24',
      conditions: ['react-server'],
      // Loaded only where a Postgres is set.
      external: ['pg'],
      banner,
      sourcemap: 'linked',
      sourcesContent: false,
      logLevel: 'warning',
    })
  }
}

/** Bundles the process and says which packages it leaves to node_modules. */
async function bundleServer() {
  const { metafile } = await build({
    entryPoints: ['server/main.ts'],
    outfile: 'dist/server.mjs',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Under this condition `server-only` is an empty module, as it is for Next's server.
    conditions: ['react-server'],
    external: ['next', 'dockerode', 'ws'],
    define: { 'process.env.NODE_ENV': '"production"' },
    banner,
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'warning',
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  return [...new Set(imports.filter((each) => each.external).map((each) => each.path))].filter(
    (name) => !name.startsWith('node:') && !require('node:module').builtinModules.includes(name),
  )
}

/** Copies what the bundle's packages need and no page had brought along. */
async function carryPackages(names) {
  const { nodeFileTrace } = require('next/dist/compiled/@vercel/nft')
  // Next is traced with the pages; tracing it again from its entry would bring its build tools.
  const entries = names
    .filter((name) => name !== 'next' && !name.startsWith('next/'))
    .flatMap((name) => [require.resolve(name), fileURLToPath(import.meta.resolve(name))])
  const { fileList } = await nodeFileTrace(entries, { base: root, ignore: ['**/*.md', '**/*.d.ts'] })
  for (const file of fileList) {
    if (file.startsWith('node_modules/') && !existsSync(join(dist, file))) cpSync(file, join(dist, file))
  }
  for (const name of names) {
    if (!existsSync(join(dist, 'node_modules', name))) throw new Error(`dist/ lacks the package ${name}`)
  }
}

function megabytes(folder) {
  let bytes = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size
  }
  return (bytes / 1e6).toFixed(1)
}
