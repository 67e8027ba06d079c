import { Section } from '#components/ui/facts'
import { formatBytes } from '#lib/format/bytes'
import type { ChangedFile, ImageComparison } from '#lib/images/analysis'

const signs: Readonly<Record<ChangedFile['change'], string>> = { added: '+', removed: '−', changed: '~' }

/** The result of a comparison: a sentence, the folders that grew or shrank, the files that weigh most. */
export function ComparisonTables({ comparison }: { comparison: ImageComparison }) {
  const { folders, files, sharedLayerCount } = comparison
  const count = comparison.addedCount + comparison.removedCount + comparison.changedCount
  return (
    <div className="grid gap-7">
      <p className="max-w-[70ch]">
        {count === 0 ? 'A container sees the same files in both. ' : `${sentence(comparison)} `}
        <span className="text-muted">
          They begin with {sharedLayerCount} shared {sharedLayerCount === 1 ? 'layer' : 'layers'}.
        </span>
      </p>
      {folders.length > 0 ? (
        <Section title="Folders that grew or shrank">
          <ul className="border-t border-line">
            {folders.map((folder) => (
              <Line
                key={folder.path}
                path={folder.path}
                note={`${folder.fileCount.toLocaleString('en')} ${folder.fileCount === 1 ? 'file' : 'files'}`}
                amount={signed(folder.deltaBytes)}
              />
            ))}
          </ul>
        </Section>
      ) : null}
      {files.length > 0 ? (
        <Section
          title="Files"
          aside={files.length < count ? `the ${files.length} that weigh most of ${count}` : null}
        >
          <ul className="border-t border-line">
            {files.map((file) => (
              <Line
                key={file.path}
                path={file.path}
                note={file.change}
                sign={signs[file.change]}
                amount={
                  file.change === 'changed' && file.fromBytes === file.toBytes
                    ? 'same size'
                    : signed(file.toBytes - file.fromBytes)
                }
              />
            ))}
          </ul>
        </Section>
      ) : null}
    </div>
  )
}

function Line({ path, note, sign, amount }: { path: string; note: string; sign?: string; amount: string }) {
  return (
    <li className="flex min-h-8 min-w-0 items-baseline gap-3 border-b border-line py-1">
      {sign === undefined ? null : (
        <span aria-hidden className="w-3 shrink-0 text-center font-mono text-xs text-muted">
          {sign}
        </span>
      )}
      <span className="min-w-0 truncate font-mono text-xs">/{path}</span>
      <span className="shrink-0 text-xs text-faint">{note}</span>
      <span className="ml-auto shrink-0 text-xs">{amount}</span>
    </li>
  )
}

function sentence(comparison: ImageComparison): string {
  const { addedCount, addedBytes, removedCount, removedBytes, changedCount, changedDeltaBytes } = comparison
  const parts = [
    addedCount > 0 ? `${files(addedCount)} came, ${formatBytes(addedBytes)}` : '',
    removedCount > 0 ? `${files(removedCount)} went, ${formatBytes(removedBytes)}` : '',
    changedCount > 0 ? `${files(changedCount)} changed, ${signed(changedDeltaBytes)}` : '',
  ]
  return `${parts.filter(Boolean).join('; ')}.`
}

function files(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`
}

function signed(bytes: number): string {
  if (bytes === 0) return '±0 B'
  return `${bytes > 0 ? '+' : '−'}${formatBytes(Math.abs(bytes))}`
}
