import { Button } from '#components/ui/button'
import { wordsOf } from '#components/ui/error-panel'
import { Bar } from '#components/ui/bar'
import { formatBytes } from '#lib/format/bytes'
import { showHidden } from '#lib/logs/visible-text'
import type { Download } from './use-downloads.ts'

/** What is being downloaded, and how far it is. */
export function DownloadList({
  downloads,
  onClear,
}: {
  downloads: readonly Download[]
  onClear: () => void
}) {
  if (downloads.length === 0) return null
  const isBusy = downloads.some(({ state }) => state === 'running')
  return (
    <section aria-label="Downloads" className="shrink-0 border-t border-line bg-panel px-4 py-2 sm:px-6">
      <ul className="grid max-h-44 gap-1 overflow-y-auto">
        {downloads.map((each) => (
          <li key={each.key} className="flex min-h-6 flex-wrap items-center gap-x-3 gap-y-1 text-xs">
            <span className="min-w-0 truncate font-mono">{showHidden(each.path)}</span>
            <DownloadState download={each} />
          </li>
        ))}
      </ul>
      {isBusy ? null : (
        <Button tone="ghost" className="-ml-2.5" onClick={onClear}>
          Clear
        </Button>
      )}
    </section>
  )
}

function DownloadState({ download }: { download: Download }) {
  const { state, bytes, totalBytes, path } = download
  if (state === 'failed') {
    const { message, hint } = wordsOf(download.error)
    return (
      <span className="text-bad">
        {message} {hint}
      </span>
    )
  }
  if (state === 'cancelled') return <span className="text-muted">cancelled</span>
  if (state === 'done') return <span className="text-good">{formatBytes(bytes)}, downloaded</span>
  return (
    <>
      <span className="w-32">
        <Bar
          label={`Download of ${path}`}
          fraction={totalBytes === null ? null : totalBytes === 0 ? 1 : bytes / totalBytes}
        />
      </span>
      <span className="text-faint tabular-nums">
        {formatBytes(bytes)}
        {totalBytes === null ? '' : ` of ${formatBytes(totalBytes)}`}
      </span>
      <Button tone="ghost" onClick={download.cancel}>
        Cancel
      </Button>
    </>
  )
}
